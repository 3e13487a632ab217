/**
 * Reads what Spring Session has stored, so that its sessions can be moved.
 */
@NullMarked
package app.session.store.springsession;

import org.jspecify.annotations.NullMarked;
