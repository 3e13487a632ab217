package app.session.security.json;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import app.session.codec.RecordForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
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
		// Its mix-in names the class that would read it.
		setMixInAnnotation(PreAuthenticatedAuthenticationToken.class, Object.class);
		new RecordForm<>(PreAuthenticatedAuthenticationToken.class, User.class, PreAuthenticatedModule::form,
				PreAuthenticatedModule::token)
			.addTo(this);
		new RecordForm<>(PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails.class, Details.class,
				(details) -> new Details(details.getRemoteAddress(), details.getSessionId(),
						details.getGrantedAuthorities()),
				PreAuthenticatedModule::details)
			.addTo(this);
	}

	/** What there is to a user. */
	record User(@Nullable Object principal, @Nullable Object credentials, Collection<GrantedAuthority> authorities,
			@Nullable Object details, boolean authenticated) {
	}

	/** What there is to details. */
	record Details(@Nullable String remoteAddress, @Nullable String sessionId,
			Collection<GrantedAuthority> authorities) {
	}

	private static User form(PreAuthenticatedAuthenticationToken token) {
		return new User(token.getPrincipal(), token.getCredentials(), token.getAuthorities(), token.getDetails(),
				token.isAuthenticated());
	}

	@SuppressWarnings("NullAway")
	private static PreAuthenticatedAuthenticationToken token(User user) {
		// The constructor decides whether the user is authenticated.
		PreAuthenticatedAuthenticationToken token = user.authenticated()
				? new PreAuthenticatedAuthenticationToken(user.principal(), user.credentials(), user.authorities())
				: new PreAuthenticatedAuthenticationToken(user.principal(), user.credentials());
		token.setDetails(user.details());
		return token;
	}

	/** They are made of a request, and of nothing else. */
	private static PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails details(Details details) {
		String id = details.sessionId();
		Map<String, Object> answers = new HashMap<>();
		answers.put("getRemoteAddr", details.remoteAddress());
		answers.put("getSession", (id != null) ? answering(HttpSession.class, Map.of("getId", id)) : null);
		return new PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails(
				answering(HttpServletRequest.class, answers), details.authorities());
	}

	private static <T> T answering(Class<T> type, Map<String, Object> answers) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> answers.get(method.getName())));
	}

}
