package app.session.peers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a test shows, by the numbers of {@code docs/koa-session.md} and
 * {@code docs/express-session.md}: an expectation of koa-session's tests ({@code b.1} to
 * {@code b.74}) or of express-session's ({@code c.1} to {@code c.50}), an option, member
 * or event of koa-session by its name ({@code key}, {@code session.isNew},
 * {@code session:missed}), or a weakness that we do not have ({@code K1} to {@code K40},
 * {@code X1} to {@code X23}).
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface Expectation {

	/** The numbers and names. */
	String[] value();

}
