package app.session.autoconfigure;

import app.session.security.bridge.SessionSecurityCustomizer;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Lets a native image ask Spring Security's strategy for the limit of sessions that it
 * was given.
 */
final class SessionSecurityRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		SessionSecurityCustomizer.reflectedMethods()
			.forEach((method) -> hints.reflection().registerMethod(method, ExecutableMode.INVOKE));
	}

}
