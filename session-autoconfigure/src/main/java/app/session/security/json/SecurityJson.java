package app.session.security.json;

import java.util.List;

import app.session.codec.StandIn;
import app.session.security.StoredAuthenticationException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.util.ClassUtils;

/**
 * What typed JSON needs for the values of Spring Security: its own Jackson modules, and
 * what they leave out.
 */
public final class SecurityJson {

	private SecurityJson() {
	}

	/**
	 * The classes that may be in a value.
	 * @return their names
	 */
	public static List<String> allowedTypes() {
		return SecurityTypes.names();
	}

	/**
	 * What stands for an authentication error that can't be made again.
	 * @return the stand-in
	 */
	public static StandIn<StoredAuthenticationException> standIn() {
		return new StandIn<>(AuthenticationException.class, StoredAuthenticationException.class,
				StoredAuthenticationException::new);
	}

	/**
	 * Adds the modules. Their typing is replaced by that of typed JSON.
	 * @param builder the builder
	 * @param loader where the modules of the application's jars are found
	 */
	public static void addTo(JsonMapper.Builder builder, ClassLoader loader) {
		builder.addModules(SecurityJacksonModules.getModules(loader)).addModule(new PreAuthenticatedModule());
		if (ClassUtils.isPresent("org.springframework.security.web.webauthn.authentication.WebAuthnAuthentication",
				loader)) {
			builder.addModule(new WebAuthnModule());
		}
		if (ClassUtils.isPresent("org.springframework.security.oauth2.client.registration.ClientRegistration",
				loader)) {
			builder.addModule(new OAuth2ClientModule());
		}
	}

}
