package app.session.codec;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.nimbusds.jwt.JWTClaimsSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import static org.assertj.core.api.Assertions.assertThat;

class OAuth2ValuesTests {

	private static final Instant AT = Instant.parse("2026-01-02T03:04:05.000000006Z");

	private static final String ISSUER = "https://issuer.invalid/realms/a";

	private final AttributeCodec codec = SecurityCodec.allowing();

	private static URL url(String text) {
		try {
			return URI.create(text).toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/**
	 * As Spring Security makes one: converted claims, and nested ones as Nimbus has them.
	 */
	private static OidcIdToken idToken() throws ParseException {
		Map<String, Object> claims = new HashMap<>(JWTClaimsSet
			.parse("{\"sub\":\"user\",\"realm_access\":{\"roles\":[\"a\",\"b\"],\"n\":5000000000},\"aud\":[\"c\"]}")
			.getClaims());
		claims.put("iss", url(ISSUER));
		claims.put("iat", AT);
		claims.put("exp", AT.plusSeconds(60));
		claims.put("email_verified", true);
		return new OidcIdToken("token", AT, AT.plusSeconds(60), claims);
	}

	private static OAuth2AuthenticationToken oidcLogin() throws ParseException {
		OidcIdToken idToken = idToken();
		OidcUserInfo info = new OidcUserInfo(Map.of("sub", "user", "address", Map.of("country", "DE"), "age", 5));
		DefaultOidcUser user = new DefaultOidcUser(
				List.of(new OidcUserAuthority(idToken, info), new SimpleGrantedAuthority("SCOPE_openid"),
						FactorGrantedAuthority.withAuthority("FACTOR_AUTHORIZATION_CODE").issuedAt(AT).build()),
				idToken, info, "sub");
		OAuth2AuthenticationToken token = new OAuth2AuthenticationToken(user, user.getAuthorities(), "keycloak");
		token.setDetails(new WebAuthenticationDetails("127.0.0.1", "id"));
		return token;
	}

	private static OAuth2AuthenticationToken plainLogin() {
		Map<String, Object> attributes = new LinkedHashMap<>();
		attributes.put("id", 5);
		attributes.put("login", "user");
		attributes.put("bio", null);
		attributes.put("plan", new LinkedHashMap<>(Map.of("name", "pro", "space", 976562499L)));
		DefaultOAuth2User user = new DefaultOAuth2User(Set.of(new OAuth2UserAuthority(attributes)), attributes, "id");
		return new OAuth2AuthenticationToken(user, user.getAuthorities(), "github");
	}

	@Test
	void aLoginThatWasTakenBackIsNoneWhenItComesBack() throws ParseException {
		OAuth2AuthenticationToken token = oidcLogin();
		token.setAuthenticated(false);
		OAuth2AuthenticationToken back = (OAuth2AuthenticationToken) this.codec
			.decodeNatural(this.codec.encodeObject("a", token));
		assertThat(back.isAuthenticated()).isFalse();
	}

	private static ClientRegistration.Builder registration() {
		return ClientRegistration.withRegistrationId("keycloak")
			.clientId("client")
			.clientSecret("secret")
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
			.scope("openid", "email")
			.authorizationUri(ISSUER + "/auth")
			.tokenUri(ISSUER + "/token")
			.userInfoUri(ISSUER + "/userinfo")
			.userNameAttributeName("sub")
			.jwkSetUri(ISSUER + "/certs")
			.issuerUri(ISSUER)
			.providerConfigurationMetadata(
					new LinkedHashMap<>(Map.of("issuer", ISSUER, "scopes_supported", List.of("openid"))))
			.clientName("Keycloak");
	}

	private static OAuth2AuthorizedClient client(ClientRegistration registration) {
		return new OAuth2AuthorizedClient(registration, "user",
				new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "access", AT, AT.plusSeconds(60),
						Set.of("openid")),
				new OAuth2RefreshToken("refresh", AT));
	}

	private static OAuth2AuthorizationRequest request() {
		return OAuth2AuthorizationRequest.authorizationCode()
			.clientId("client")
			.authorizationUri(ISSUER + "/auth")
			.redirectUri("https://localhost/login/oauth2/code/keycloak")
			.scopes(Set.of("openid", "email"))
			.state("state=")
			.additionalParameters((parameters) -> {
				parameters.put("nonce", "hash");
				parameters.put("code_challenge_method", "S256");
			})
			.attributes((attributes) -> {
				attributes.put("registration_id", "keycloak");
				attributes.put("code_verifier", "verifier");
			})
			.build();
	}

	static Stream<Object> values() throws ParseException {
		OAuth2AuthenticationException failure = new OAuth2AuthenticationException(
				new OAuth2Error("invalid_token", "description", "https://uri.invalid"), "message");
		return Stream.of(new SecurityContextImpl(oidcLogin()), new SecurityContextImpl(plainLogin()), idToken(),
				registration().build(), client(registration().build()), request(), failure,
				new LinkedHashMap<>(Map.of("keycloak", client(registration().build()))),
				new OAuth2Error("access_denied"));
	}

	@ParameterizedTest
	@MethodSource("values")
	void whatLoginAndClientPutIntoASessionComesBack(Object value) {
		SecurityCodec.comesBack(this.codec, value);
	}

	@Test
	void theSettingsOfARegistrationComeBack() {
		ClientRegistration registration = registration()
			.clientSettings(ClientRegistration.ClientSettings.builder().requireProofKey(false).build())
			.build();
		SecurityCodec.comesBack(this.codec, client(registration));
	}

}
