/**
 * Moves sessions from one store to another while they are used.
 */
@NullMarked
package app.session.store.migrate;

import org.jspecify.annotations.NullMarked;
