package app.session.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import app.session.SessionLimit;
import app.session.autoconfigure.SessionProperties.Limits;
import app.session.autoconfigure.SessionProperties.Principal;
import app.session.core.EngineSettings;
import app.session.crypto.KeyRing;
import app.session.crypto.Keys;
import app.session.web.SessionCookie;
import app.session.web.WebSettings;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The properties as the parts of the library want them.
 */
final class SessionSettings {

	private SessionSettings() {
	}

	/**
	 * The settings of the engine.
	 * @throws InvalidSessionPropertyException if a property makes no sense
	 */
	static EngineSettings engine(SessionProperties properties) {
		PropertyChecks.check(properties);
		Limits limits = properties.limits();
		return new EngineSettings(properties.timeout(), properties.anonymousTimeout(), properties.maxLifetime(),
				properties.touchFraction(), properties.cookie().maxAge(), properties.storeTimeout(),
				limits.maxAttributes(), (int) limits.maxSize().toBytes(), limits.maxNameLength(),
				EngineSettings.SECURITY_NAMES, limit(properties.principal()), properties.onStoreFailure());
	}

	private static SessionLimit limit(Principal principal) {
		Integer maxSessions = principal.maxSessions();
		return new SessionLimit((maxSessions != null) ? maxSessions : SessionLimit.NONE.sessions(),
				principal.whenFull());
	}

	/**
	 * The name of the application, for which alone its cookies are valid.
	 */
	static String application(SessionProperties properties, Environment environment) {
		String application = properties.application();
		if (!StringUtils.hasText(application)) {
			application = environment.getProperty("spring.application.name");
		}
		return StringUtils.hasText(application) ? application : "application";
	}

	/**
	 * The configured keys.
	 * @param keys at least one
	 * @throws InvalidSessionPropertyException if a key is no good one
	 */
	static KeyRing keyRing(List<String> keys) {
		List<byte[]> parsed = new ArrayList<>();
		for (String key : keys) {
			try {
				parsed.add(Keys.parse(key));
			}
			catch (IllegalArgumentException ex) {
				throw PropertyChecks.invalid("keys[" + parsed.size() + "]", null, ex.getMessage() + ".",
						"Make a key with '" + Keys.COMMAND + "', and give it to all nodes as app.session.keys.");
			}
		}
		return new KeyRing(parsed);
	}

	/**
	 * How the cookie is made.
	 * @throws InvalidSessionPropertyException if a property makes no sense
	 */
	static SessionCookie cookie(SessionProperties properties) {
		SessionProperties.Cookie cookie = properties.cookie();
		CookieChecks.check(cookie);
		return new SessionCookie(cookie.name(), cookie.path(), cookie.domain(), cookie.sameSite(), cookie.secure(),
				cookie.httpOnly(), cookie.partitioned(), cookie.rolling(), cookie.renew(), cookie.priority());
	}

	/**
	 * How requests are treated.
	 * @throws InvalidSessionPropertyException if a property makes no sense
	 */
	static WebSettings web(SessionProperties properties) {
		PropertyChecks.checkPaths(properties);
		return new WebSettings(properties.includePaths(), properties.excludePaths(), properties.autoCommit(),
				properties.discardOnError(), WebSettings.DEFAULTS.retryAfter(), properties.principal().recordClient());
	}

}
