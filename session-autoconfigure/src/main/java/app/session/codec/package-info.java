/**
 * Attributes to bytes and back. Internal.
 */
@NullMarked
package app.session.codec;

import org.jspecify.annotations.NullMarked;
