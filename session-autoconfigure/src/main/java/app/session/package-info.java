/**
 * What a user of the library names: the {@link app.session.Session} a handler gets, the
 * {@link app.session.Sessions} beyond a request, the
 * {@link app.session.SessionRepository} a store implements, and the events.
 */
@NullMarked
package app.session;

import org.jspecify.annotations.NullMarked;
