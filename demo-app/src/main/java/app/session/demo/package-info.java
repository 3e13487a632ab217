/**
 * The view counter: what an application looks like that uses the session.
 */
@NullMarked
package app.session.demo;

import org.jspecify.annotations.NullMarked;
