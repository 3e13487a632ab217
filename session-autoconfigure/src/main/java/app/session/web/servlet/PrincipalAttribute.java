package app.session.web.servlet;

import java.util.function.Function;
import java.util.function.Supplier;

import app.session.core.LoggedIn;
import org.jspecify.annotations.Nullable;

/**
 * The attribute in which a framework keeps who is logged in.
 *
 * @param name its name
 * @param user from its value, {@code null} if it was removed, to who is logged in,
 * {@code null} for nobody
 * @param refused what to throw at who sets it, if the login is refused
 */
public record PrincipalAttribute(String name, Function<@Nullable Object, @Nullable LoggedIn> user,
		Supplier<? extends RuntimeException> refused) {
}
