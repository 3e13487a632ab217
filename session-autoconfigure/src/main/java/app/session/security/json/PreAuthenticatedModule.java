package app.session.security.json;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails;

/**
 * Users whom somebody else has authenticated: Spring Security's own module reads the
 * details of such a login as a tree, and knows nothing of those with authorities.
 */
final class PreAuthenticatedModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	PreAuthenticatedModule() {
		super("session-security-preauthenticated");
		setMixInAnnotation(PreAuthenticatedAuthenticationToken.class, UserMixIn.class);
		setMixInAnnotation(PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails.class, DetailsMixIn.class);
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY, getterVisibility = JsonAutoDetect.Visibility.NONE,
			isGetterVisibility = JsonAutoDetect.Visibility.NONE)
	@JsonDeserialize(using = UserReader.class)
	private abstract static class UserMixIn {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY, getterVisibility = JsonAutoDetect.Visibility.NONE,
			isGetterVisibility = JsonAutoDetect.Visibility.NONE)
	@JsonDeserialize(using = DetailsReader.class)
	private abstract static class DetailsMixIn {

	}

	/** The properties of a user. */
	record User(@Nullable Object principal, @Nullable Object credentials, Collection<GrantedAuthority> authorities,
			@Nullable Object details, boolean authenticated) {
	}

	/** The properties of details. */
	record Details(@Nullable String remoteAddress, @Nullable String sessionId,
			Collection<GrantedAuthority> authorities) {
	}

	/** Chooses the constructor by whether the user is authenticated. */
	static final class UserReader extends StdDeserializer<PreAuthenticatedAuthenticationToken> {

		UserReader() {
			super(PreAuthenticatedAuthenticationToken.class);
		}

		@Override
		@SuppressWarnings("NullAway")
		public PreAuthenticatedAuthenticationToken deserialize(JsonParser parser, DeserializationContext context) {
			User stored = context.readValue(parser, User.class);
			PreAuthenticatedAuthenticationToken token = stored.authenticated()
					? new PreAuthenticatedAuthenticationToken(stored.principal(), stored.credentials(),
							stored.authorities())
					: new PreAuthenticatedAuthenticationToken(stored.principal(), stored.credentials());
			token.setDetails(stored.details());
			return token;
		}

	}

	/** They are made of a request, and of nothing else. */
	static final class DetailsReader
			extends StdDeserializer<PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails> {

		DetailsReader() {
			super(PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails.class);
		}

		@Override
		public PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails deserialize(JsonParser parser,
				DeserializationContext context) {
			Details stored = context.readValue(parser, Details.class);
			String sessionId = stored.sessionId();
			HttpSession session = (sessionId != null) ? answering(HttpSession.class, Map.of("getId", sessionId)) : null;
			Map<String, Object> answers = new HashMap<>();
			answers.put("getRemoteAddr", stored.remoteAddress());
			answers.put("getSession", session);
			return new PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails(
					answering(HttpServletRequest.class, answers), stored.authorities());
		}

		private static <T> T answering(Class<T> type, Map<String, Object> answers) {
			return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
					(proxy, method, arguments) -> answers.get(method.getName())));
		}

	}

}
