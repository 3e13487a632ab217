/**
 * The view counter, and the devices that somebody is logged in on: what an application
 * looks like that uses the session, and one with Spring Security.
 */
@NullMarked
package app.session.demo;

import org.jspecify.annotations.NullMarked;
