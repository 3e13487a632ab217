package app.session.security.json;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

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

	/** What there is to a user; a client's certificate is in the place of credentials. */
	record User(@Nullable Object principal, @Nullable Object credentials, Collection<GrantedAuthority> authorities,
			@Nullable Object details, boolean authenticated, byte @Nullable [] certificate) {
	}

	/** What there is to details. */
	record Details(@Nullable String remoteAddress, @Nullable String sessionId,
			Collection<GrantedAuthority> authorities) {
	}

	private static User form(PreAuthenticatedAuthenticationToken token) {
		Object credentials = token.getCredentials();
		X509Certificate certificate = (credentials instanceof X509Certificate x509) ? x509 : null;
		return new User(token.getPrincipal(), (certificate != null) ? null : credentials, token.getAuthorities(),
				token.getDetails(), token.isAuthenticated(), (certificate != null) ? encoded(certificate) : null);
	}

	private static PreAuthenticatedAuthenticationToken token(User user) {
		// The constructor decides whether the user is authenticated.
		Object principal = Objects.requireNonNull(user.principal());
		byte[] certificate = user.certificate();
		Object credentials = (certificate != null) ? certificate(certificate) : user.credentials();
		PreAuthenticatedAuthenticationToken token = user.authenticated()
				? new PreAuthenticatedAuthenticationToken(principal, credentials, user.authorities())
				: new PreAuthenticatedAuthenticationToken(principal, credentials);
		token.setDetails(user.details());
		return token;
	}

	private static byte[] encoded(X509Certificate certificate) {
		try {
			return certificate.getEncoded();
		}
		catch (CertificateException ex) {
			throw new IllegalArgumentException("The certificate can't be encoded", ex);
		}
	}

	private static Certificate certificate(byte[] encoded) {
		try {
			return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
		}
		catch (CertificateException ex) {
			throw new IllegalArgumentException("There is no certificate", ex);
		}
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
