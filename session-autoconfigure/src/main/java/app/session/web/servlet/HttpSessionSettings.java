package app.session.web.servlet;

import org.jspecify.annotations.Nullable;

/**
 * What the application and the frameworks in it have to do with the {@code HttpSession}.
 *
 * @param listeners told of what is done to it
 * @param principal where a framework keeps who is logged in, or {@code null}
 */
public record HttpSessionSettings(SessionListeners listeners, @Nullable PrincipalAttribute principal) {
}
