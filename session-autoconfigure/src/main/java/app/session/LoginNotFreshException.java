package app.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The login of the session is not as fresh as a handler demands by {@link FreshLogin}, or
 * there is none. The visitor has to log in again. Over HTTP it is a 403, if no
 * {@code @ExceptionHandler} answers.
 */
public class LoginNotFreshException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Duration demanded;

	private final @Nullable Duration age;

	/**
	 * Creates an exception.
	 * @param demanded how old the login may be
	 * @param age how old it is, or {@code null} if there is none or nobody knows
	 */
	public LoginNotFreshException(Duration demanded, @Nullable Duration age) {
		super("A login no older than " + demanded + " is demanded, "
				+ ((age != null) ? "and this one is " + age + " old" : "and there is none whose age is known"));
		this.demanded = demanded;
		this.age = age;
	}

	/**
	 * How old the login may be.
	 * @return the age
	 */
	public Duration getDemanded() {
		return this.demanded;
	}

	/**
	 * How old the login is.
	 * @return the age, or {@code null} if the session is anonymous, or if nobody knows
	 * when its login was made
	 */
	public @Nullable Duration getAge() {
		return this.age;
	}

}
