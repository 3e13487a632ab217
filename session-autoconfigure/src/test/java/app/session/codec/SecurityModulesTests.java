package app.session.codec;

import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import app.session.AttributeNotStorableException;
import app.session.security.json.SecurityJson;
import jakarta.servlet.http.Cookie;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Spring Security's modules bring mix-ins, and a typing of their own that must not win.
 */
class SecurityModulesTests {

	private final AttributeCodec codec = SecurityCodec.allowing();

	private static UsernamePasswordAuthenticationToken login() {
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken.authenticated(
				User.withUsername("user").password("secret").roles("USER", "ADMIN").build(), null,
				List.of(new SimpleGrantedAuthority("ROLE_USER"),
						FactorGrantedAuthority.withAuthority("FACTOR_PASSWORD").issuedAt(Instant.EPOCH).build()));
		token.setDetails(new WebAuthenticationDetails("127.0.0.1", "id"));
		return token;
	}

	private static PreAuthenticatedAuthenticationToken preAuthenticated() {
		PreAuthenticatedAuthenticationToken token = new PreAuthenticatedAuthenticationToken("user", "x",
				AuthorityUtils.createAuthorityList("A"));
		token.setDetails(new WebAuthenticationDetails("127.0.0.1", "id"));
		return token;
	}

	private static DefaultSavedRequest savedRequest() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/private");
		request.setQueryString("a=1&a=2");
		request.addParameter("a", "1", "2");
		request.addHeader("Accept-Language", "de");
		request.addHeader("X-Any", "b");
		request.setCookies(new Cookie("name", "value"));
		return new DefaultSavedRequest(request, "continue");
	}

	private static OneTimeTokenAuthentication oneTimeToken() {
		OneTimeTokenAuthentication token = new OneTimeTokenAuthentication(
				User.withUsername("user").password("").roles("USER").build(), AuthorityUtils.createAuthorityList("A"));
		token.setDetails(new WebAuthenticationDetails("127.0.0.1", null));
		return token;
	}

	private static UsernamePasswordAuthenticationToken switched() {
		return UsernamePasswordAuthenticationToken.authenticated("other", null,
				List.of(new SwitchUserGrantedAuthority("ROLE_PREVIOUS_ADMINISTRATOR", login())));
	}

	static Stream<Arguments> values() {
		PreAuthenticatedAuthenticationToken withAuthorities = preAuthenticated();
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr("10.0.0.1");
		withAuthorities.setDetails(new PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails(request,
				AuthorityUtils.createAuthorityList("B", "C")));
		request.getSession();
		PreAuthenticatedAuthenticationToken withSession = new PreAuthenticatedAuthenticationToken("user", null);
		withSession.setDetails(new PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails(request, List.of()));
		return Stream.of(new SecurityContextImpl(login()), new SecurityContextImpl(), login(),
				UsernamePasswordAuthenticationToken.unauthenticated("user", "secret"),
				new RememberMeAuthenticationToken("key", "user", AuthorityUtils.createAuthorityList("A")),
				new AnonymousAuthenticationToken("key", "user", AuthorityUtils.createAuthorityList("A")),
				new TestingAuthenticationToken("user", "x", "A"), oneTimeToken(), new SecurityContextImpl(switched()),
				preAuthenticated(), new PreAuthenticatedAuthenticationToken("user", 7), withAuthorities, withSession,
				new DefaultCsrfToken("X-CSRF", "_csrf", "token"), savedRequest())
			.map(Arguments::of);
	}

	@ParameterizedTest
	@MethodSource("values")
	void whatSpringSecurityPutsIntoASessionComesBack(Object value) {
		SecurityCodec.comesBack(this.codec, value);
	}

	@Test
	void theCertificateOfAClientComesBack() throws Exception {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init((KeyStore) null);
		Certificate certificate = ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0];
		PreAuthenticatedAuthenticationToken token = new PreAuthenticatedAuthenticationToken("user", certificate,
				AuthorityUtils.createAuthorityList("A"));
		EncodedValue encoded = this.codec.encodeObject("a", token);
		PreAuthenticatedAuthenticationToken back = (PreAuthenticatedAuthenticationToken) this.codec
			.decodeNatural(encoded);
		assertThat(back.getCredentials()).isEqualTo(certificate);
		assertThat(this.codec.encodeObject("a", back)).isEqualTo(encoded);
	}

	@Test
	void everyNameIsThatOfAClass() {
		for (String name : SecurityJson.allowedTypes()) {
			assertThat(ClassUtils.isPresent(name, getClass().getClassLoader())).as(name).isTrue();
		}
	}

	/** Allowed by Spring Security's own typing, being below a class that it allows. */
	public static class OwnUser extends User {

		private static final long serialVersionUID = 1L;

		public OwnUser() {
			super("user", "secret", List.of());
		}

	}

	@Test
	void theirTypingDoesNotWin() {
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> this.codec.encodeObject("a", new ArrayList<>(List.of(new OwnUser()))))
			.withMessageContaining(OwnUser.class.getName());
		EncodedValue hostile = RawCodec.writeBytes(Tag.TYPED,
				("{\"@class\":\"" + OwnUser.class.getName() + "\"}").getBytes(StandardCharsets.UTF_8));
		assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> this.codec.decodeNatural(hostile));
	}

	@Test
	void datesKeepTheirZone() {
		Map<String, Object> value = new HashMap<>(
				Map.of("at", ZonedDateTime.parse("2026-10-25T02:30+02:00[Europe/Berlin]")));
		assertThat(this.codec.decodeNatural(this.codec.encodeObject("a", value))).isEqualTo(value);
	}

}
