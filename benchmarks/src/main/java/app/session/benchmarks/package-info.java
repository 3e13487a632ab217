/**
 * Measurements: not part of the default build.
 */
@NullMarked
package app.session.benchmarks;

import org.jspecify.annotations.NullMarked;
