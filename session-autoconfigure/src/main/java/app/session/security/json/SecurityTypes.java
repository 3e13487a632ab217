package app.session.security.json;

import java.util.List;
import java.util.stream.Stream;

import app.session.security.StoredAuthenticationException;

/**
 * The classes of Spring Security that end up in a session, one by one: those that its own
 * Jackson modules know, what form and basic login, remember-me, one-time tokens,
 * passkeys, X.509 and other pre-authentication, switched users and OAuth2 login put
 * there, and the errors of a failed login that are nothing but a message. By name, since
 * most of the jars may be missing. Those of CAS, LDAP and SAML are not among them, since
 * none was tried: an application names them.
 */
final class SecurityTypes {

	private static final String ROOT = "org.springframework.security.";

	private static final List<String> CORE = in("core.", "context.SecurityContextImpl", "userdetails.User",
			"authority.SimpleGrantedAuthority", "authority.FactorGrantedAuthority");

	private static final List<String> AUTHENTICATIONS = in("authentication.", "UsernamePasswordAuthenticationToken",
			"RememberMeAuthenticationToken", "AnonymousAuthenticationToken", "TestingAuthenticationToken",
			"ott.OneTimeTokenAuthentication");

	private static final List<String> ERRORS = Stream
		.of(in("authentication.", "BadCredentialsException", "LockedException", "DisabledException",
				"AccountExpiredException", "CredentialsExpiredException", "InsufficientAuthenticationException",
				"AuthenticationServiceException", "InternalAuthenticationServiceException",
				"AuthenticationCredentialsNotFoundException", "ProviderNotFoundException",
				"ott.InvalidOneTimeTokenException", "password.CompromisedPasswordException"),
				in("web.authentication.", "session.SessionAuthenticationException",
						"rememberme.RememberMeAuthenticationException", "rememberme.CookieTheftException",
						"rememberme.InvalidCookieException", "preauth.PreAuthenticatedCredentialsNotFoundException",
						"www.NonceExpiredException"))
		.flatMap(List::stream)
		.toList();

	private static final List<String> WEB = in("web.", "csrf.DefaultCsrfToken", "savedrequest.DefaultSavedRequest",
			"savedrequest.SavedCookie", "authentication.WebAuthenticationDetails",
			"authentication.preauth.PreAuthenticatedAuthenticationToken",
			"authentication.preauth.PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails",
			"authentication.switchuser.SwitchUserGrantedAuthority");

	private static final List<String> WEBAUTHN = in("web.webauthn.", "authentication.WebAuthnAuthentication",
			"api.ImmutablePublicKeyCredentialUserEntity", "api.PublicKeyCredentialCreationOptions",
			"api.PublicKeyCredentialRequestOptions", "api.ImmutableAuthenticationExtensionsClientInputs",
			"api.ImmutableAuthenticationExtensionsClientInput", "api.CredProtectAuthenticationExtensionsClientInput",
			"api.CredProtectAuthenticationExtensionsClientInput$CredProtect");

	private static final List<String> OAUTH2 = in("oauth2.", "core.OAuth2AuthenticationException", "core.OAuth2Error",
			"core.OAuth2AccessToken", "core.OAuth2RefreshToken", "core.endpoint.OAuth2AuthorizationRequest",
			"core.oidc.OidcIdToken", "core.oidc.OidcUserInfo", "core.oidc.user.DefaultOidcUser",
			"core.oidc.user.OidcUserAuthority", "core.user.DefaultOAuth2User", "core.user.OAuth2UserAuthority",
			"client.OAuth2AuthorizedClient", "client.registration.ClientRegistration",
			"client.authentication.OAuth2AuthenticationToken");

	private SecurityTypes() {
	}

	private static List<String> in(String path, String... names) {
		return Stream.of(names).map((name) -> ROOT + path + name).toList();
	}

	/**
	 * The names.
	 */
	static List<String> names() {
		return Stream
			.of(CORE, AUTHENTICATIONS, ERRORS, WEB, WEBAUTHN, OAUTH2,
					List.of(StoredAuthenticationException.class.getName(), "java.net.URL"))
			.flatMap(List::stream)
			.toList();
	}

}
