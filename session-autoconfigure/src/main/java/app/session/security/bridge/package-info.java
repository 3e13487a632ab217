/**
 * Spring Security's logins in our sessions. Internal.
 */
@NullMarked
package app.session.security.bridge;

import org.jspecify.annotations.NullMarked;
