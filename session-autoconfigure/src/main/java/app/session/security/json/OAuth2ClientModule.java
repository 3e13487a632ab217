package app.session.security.json;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import app.session.codec.RecordForm;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration.ClientSettings;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthenticationMethod;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.user.OAuth2User;

/**
 * An OAuth2 login, and the registration of an OAuth2 client, which is in the session with
 * its tokens: Spring Security's own module loses part of both.
 */
final class OAuth2ClientModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	OAuth2ClientModule() {
		super("session-security-oauth2");
		// Its mix-in names the class that would read it.
		setMixInAnnotation(ClientRegistration.class, Object.class);
		new RecordForm<>(ClientRegistration.class, Registration.class, OAuth2ClientModule::form,
				OAuth2ClientModule::registration)
			.addTo(this);
		// Spring Security's own takes every login for one that counts.
		setMixInAnnotation(OAuth2AuthenticationToken.class, Object.class);
		new RecordForm<>(OAuth2AuthenticationToken.class, Login.class, OAuth2ClientModule::form,
				OAuth2ClientModule::token)
			.addTo(this);
	}

	/** What there is to a login: it may have been taken back. */
	record Login(@Nullable OAuth2User principal, Collection<GrantedAuthority> authorities, String registration,
			@Nullable Object details, boolean authenticated) {
	}

	private static Login form(OAuth2AuthenticationToken token) {
		return new Login(token.getPrincipal(), token.getAuthorities(), token.getAuthorizedClientRegistrationId(),
				token.getDetails(), token.isAuthenticated());
	}

	private static OAuth2AuthenticationToken token(Login form) {
		OAuth2AuthenticationToken token = new OAuth2AuthenticationToken(Objects.requireNonNull(form.principal()),
				form.authorities(), form.registration());
		token.setDetails(form.details());
		if (!form.authenticated()) {
			token.setAuthenticated(false);
		}
		return token;
	}

	/** What there is to a registration. */
	record Registration(String id, String clientId, String clientSecret, String authenticationMethod, String grantType,
			@Nullable String redirectUri, Set<String> scopes, String clientName, boolean requireProofKey,
			@Nullable String authorizationUri, String tokenUri, @Nullable String userInfoUri,
			String userInfoAuthenticationMethod, @Nullable String userNameAttributeName, @Nullable String jwkSetUri,
			@Nullable String issuerUri, Map<String, Object> metadata) {
	}

	private static Registration form(ClientRegistration registration) {
		ClientRegistration.ProviderDetails provider = registration.getProviderDetails();
		ClientRegistration.ProviderDetails.UserInfoEndpoint userInfo = provider.getUserInfoEndpoint();
		return new Registration(registration.getRegistrationId(), registration.getClientId(),
				registration.getClientSecret(), registration.getClientAuthenticationMethod().getValue(),
				registration.getAuthorizationGrantType().getValue(), registration.getRedirectUri(),
				registration.getScopes(), registration.getClientName(),
				registration.getClientSettings().isRequireProofKey(), provider.getAuthorizationUri(),
				provider.getTokenUri(), userInfo.getUri(), userInfo.getAuthenticationMethod().getValue(),
				userInfo.getUserNameAttributeName(), provider.getJwkSetUri(), provider.getIssuerUri(),
				new LinkedHashMap<>(provider.getConfigurationMetadata()));
	}

	private static ClientRegistration registration(Registration form) {
		return ClientRegistration.withRegistrationId(form.id())
			.clientId(form.clientId())
			.clientSecret(form.clientSecret())
			.clientAuthenticationMethod(ClientAuthenticationMethod.valueOf(form.authenticationMethod()))
			.authorizationGrantType(new AuthorizationGrantType(form.grantType()))
			.redirectUri(form.redirectUri())
			.scope(form.scopes())
			.clientName(form.clientName())
			.clientSettings(ClientSettings.builder().requireProofKey(form.requireProofKey()).build())
			.authorizationUri(form.authorizationUri())
			.tokenUri(form.tokenUri())
			.userInfoUri(form.userInfoUri())
			.userInfoAuthenticationMethod(new AuthenticationMethod(form.userInfoAuthenticationMethod()))
			.userNameAttributeName(form.userNameAttributeName())
			.jwkSetUri(form.jwkSetUri())
			.issuerUri(form.issuerUri())
			.providerConfigurationMetadata(Objects.requireNonNull(form.metadata()))
			.build();
	}

}
