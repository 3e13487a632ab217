/**
 * The bridge to Spring Security: who is logged in is whose session it is.
 */
@NullMarked
package app.session.security;

import org.jspecify.annotations.NullMarked;
