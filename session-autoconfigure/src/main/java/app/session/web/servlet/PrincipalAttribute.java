package app.session.web.servlet;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The attribute in which a framework keeps who is logged in.
 *
 * @param name its name
 * @param principal from its value, {@code null} if it was removed, to the principal's
 * name, {@code null} for nobody
 */
public record PrincipalAttribute(String name, Function<@Nullable Object, @Nullable String> principal) {
}
