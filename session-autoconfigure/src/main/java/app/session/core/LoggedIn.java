package app.session.core;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Who is logged in, as a framework says.
 *
 * @param principal the principal's name
 * @param remembered whether no credentials were checked for it
 * @param since when credentials were checked, or {@code null} for just now
 */
public record LoggedIn(String principal, boolean remembered, @Nullable Instant since) {
}
