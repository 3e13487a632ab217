/**
 * What Spring Security puts into an {@code HttpSession}, as JSON.
 */
@NullMarked
package app.session.security.json;

import org.jspecify.annotations.NullMarked;
