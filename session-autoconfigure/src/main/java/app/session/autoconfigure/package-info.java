/**
 * Properties, auto-configurations and failure analyzers.
 */
@NullMarked
package app.session.autoconfigure;

import org.jspecify.annotations.NullMarked;
