package app.session.store.springsession;

import java.time.InstantSource;
import java.util.function.Function;

import app.session.core.EngineSettings;
import app.session.core.LoggedIn;
import org.jspecify.annotations.Nullable;

/**
 * How sessions of Spring Session become ours.
 *
 * @param engine the engine's settings. A session keeps its timeout as its own if it is
 * another than the configured, but ends with {@code maxLifetime} like any
 * @param clock by which it is told whether a session has expired, as Spring Session does
 * by its own
 * @param login who is logged in by a value of the attribute
 * {@code SPRING_SECURITY_CONTEXT}; {@code null} for nobody, and for all without Spring
 * Security
 */
public record SpringSessionSettings(EngineSettings engine, InstantSource clock,
		Function<Object, @Nullable LoggedIn> login) {
}
