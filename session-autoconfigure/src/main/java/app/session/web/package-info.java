/**
 * The session over HTTP: cookie, filter, interceptor and controller arguments.
 */
@NullMarked
package app.session.web;

import org.jspecify.annotations.NullMarked;
