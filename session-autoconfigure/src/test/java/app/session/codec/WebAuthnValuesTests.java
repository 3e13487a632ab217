package app.session.codec;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.webauthn.api.AttestationConveyancePreference;
import org.springframework.security.web.webauthn.api.AuthenticatorAttachment;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.COSEAlgorithmIdentifier;
import org.springframework.security.web.webauthn.api.CredProtectAuthenticationExtensionsClientInput;
import org.springframework.security.web.webauthn.api.CredProtectAuthenticationExtensionsClientInput.CredProtect.ProtectionPolicy;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInput;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInputs;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialDescriptor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.authentication.WebAuthnAuthentication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What passkeys put into a session.
 */
class WebAuthnValuesTests {

	private final AttributeCodec codec = SecurityCodec.allowing();

	private static PublicKeyCredentialUserEntity user() {
		return ImmutablePublicKeyCredentialUserEntity.builder()
			.name("user")
			.id(new Bytes(new byte[] { 1, -1, 0 }))
			.displayName("User")
			.build();
	}

	private static PublicKeyCredentialDescriptor descriptor() {
		return PublicKeyCredentialDescriptor.builder()
			.id(new Bytes(new byte[] { 5 }))
			.transports(AuthenticatorTransport.INTERNAL, AuthenticatorTransport.HYBRID)
			.build();
	}

	private static PublicKeyCredentialCreationOptions creation() {
		return PublicKeyCredentialCreationOptions.builder()
			.rp(PublicKeyCredentialRpEntity.builder().name("Example").id("example.invalid").build())
			.user(user())
			.challenge(new Bytes(new byte[32]))
			.pubKeyCredParams(PublicKeyCredentialParameters.EdDSA, PublicKeyCredentialParameters.ES256,
					PublicKeyCredentialParameters.RS256)
			.timeout(Duration.ofMinutes(5))
			.excludeCredentials(List.of(descriptor()))
			.authenticatorSelection(AuthenticatorSelectionCriteria.builder()
				.authenticatorAttachment(AuthenticatorAttachment.PLATFORM)
				.residentKey(ResidentKeyRequirement.REQUIRED)
				.userVerification(UserVerificationRequirement.PREFERRED)
				.build())
			.attestation(AttestationConveyancePreference.NONE)
			.extensions(new ImmutableAuthenticationExtensionsClientInputs(
					ImmutableAuthenticationExtensionsClientInput.credProps,
					new CredProtectAuthenticationExtensionsClientInput(
							new CredProtectAuthenticationExtensionsClientInput.CredProtect(
									ProtectionPolicy.USER_VERIFICATION_REQUIRED, true))))
			.build();
	}

	@Test
	void aLoginThatWasTakenBackIsNoneWhenItComesBack() {
		WebAuthnAuthentication token = new WebAuthnAuthentication(user(), AuthorityUtils.createAuthorityList("A"));
		token.setAuthenticated(false);
		WebAuthnAuthentication back = (WebAuthnAuthentication) this.codec
			.decodeNatural(this.codec.encodeObject("a", token));
		assertThat(back.isAuthenticated()).isFalse();
	}

	static Stream<Object> values() {
		WebAuthnAuthentication login = new WebAuthnAuthentication(user(), AuthorityUtils.createAuthorityList("A"));
		login.setDetails(new WebAuthenticationDetails("127.0.0.1", "id"));
		return Stream.of(new SecurityContextImpl(login), user(), creation(),
				PublicKeyCredentialRequestOptions.builder()
					.challenge(new Bytes(new byte[32]))
					.rpId("example.invalid")
					.allowCredentials(List.of(descriptor()))
					.userVerification(UserVerificationRequirement.REQUIRED)
					.build(),
				PublicKeyCredentialRequestOptions.builder()
					.challenge(new Bytes(new byte[32]))
					.rpId("example.invalid")
					.build());
	}

	@ParameterizedTest
	@MethodSource("values")
	void whatPasskeysPutIntoASessionComesBack(Object value) {
		SecurityCodec.comesBack(this.codec, value);
	}

	@Test
	void constantsAreTheSameObjectsAgain() {
		PublicKeyCredentialCreationOptions back = (PublicKeyCredentialCreationOptions) SecurityCodec
			.comesBack(this.codec, creation());
		assertThat(back.getPubKeyCredParams().get(1).getAlg()).isSameAs(COSEAlgorithmIdentifier.ES256);
		assertThat(back.getAuthenticatorSelection().getResidentKey()).isSameAs(ResidentKeyRequirement.REQUIRED);
	}

}
