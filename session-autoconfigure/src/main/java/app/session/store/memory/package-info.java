/**
 * The store that keeps sessions in this process.
 */
@NullMarked
package app.session.store.memory;

import org.jspecify.annotations.NullMarked;
