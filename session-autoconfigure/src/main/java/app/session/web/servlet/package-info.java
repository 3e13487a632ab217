/**
 * The Servlet API's {@code HttpSession} over our session.
 */
@NullMarked
package app.session.web.servlet;

import org.jspecify.annotations.NullMarked;
