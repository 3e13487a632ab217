/**
 * Ids and keys: sign, verify, seal, open. Internal.
 */
@NullMarked
package app.session.crypto;

import org.jspecify.annotations.NullMarked;
