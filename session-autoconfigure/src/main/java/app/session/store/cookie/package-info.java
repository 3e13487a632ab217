/**
 * Keeps the whole session at its client, sealed in the cookie.
 */
@NullMarked
package app.session.store.cookie;

import org.jspecify.annotations.NullMarked;
