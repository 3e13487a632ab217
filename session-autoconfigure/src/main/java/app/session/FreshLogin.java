package app.session;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A handler that demands a login made a short while ago, as for a change of the password:
 * whoever finds a browser that is still logged in gets no further. If the session's
 * {@linkplain Session#getAuthenticationTime() login} is older, or there is none, a
 * {@link LoginNotFreshException} is thrown before the handler runs.
 * <p>
 * On a handler method, or on a controller for all its methods that have none of their
 * own; also on an annotation that is. The session is read for it, which is the one read
 * that the request costs.
 *
 * @see Session#isFreshlyAuthenticated
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface FreshLogin {

	/**
	 * How old the login may be.
	 * @return a length of time with its unit, more than zero, as in {@code 5m},
	 * {@code 1h30m} or {@code PT5M}
	 */
	String value();

}
