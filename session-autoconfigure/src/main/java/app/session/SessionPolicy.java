package app.session;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a handler uses the session, where the default is not what it needs. On a handler
 * method, or on a controller for all its methods.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface SessionPolicy {

	/**
	 * What requests of one session may do at the same time.
	 * @return the mode
	 */
	Mode value() default Mode.MERGE;

	/**
	 * Whether the request counts as a use of the session that puts off its expiry; a
	 * handler that is polled says {@code false}.
	 * @return {@code false} to leave the expiry alone
	 */
	boolean touch() default true;

	/**
	 * How long a {@link Mode#SERIALIZED} request waits for its turn, in milliseconds;
	 * then it fails with 503.
	 * @return the limit
	 */
	long waitLimit() default 5000;

	/** What requests of one session may do at the same time. */
	enum Mode {

		/** They run at the same time, and their changes are merged. */
		MERGE,

		/** As {@link #MERGE}, and a change is an {@link IllegalStateException}. */
		READ_ONLY,

		/**
		 * One after the other, from before the handler until the changes are saved: for
		 * code that reads and sets and must still count exactly. On all nodes together if
		 * the store is {@link SessionLeases}, which costs two store calls more; a request
		 * that lost its turn there fails with a {@link SessionConflictException}.
		 */
		SERIALIZED

	}

}
