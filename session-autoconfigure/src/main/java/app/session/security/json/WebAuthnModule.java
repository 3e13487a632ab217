package app.session.security.json;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import app.session.codec.RecordForm;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.util.StdConverter;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.webauthn.api.AttestationConveyancePreference;
import org.springframework.security.web.webauthn.api.AuthenticationExtensionsClientInput;
import org.springframework.security.web.webauthn.api.AuthenticationExtensionsClientInputs;
import org.springframework.security.web.webauthn.api.AuthenticatorAttachment;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.COSEAlgorithmIdentifier;
import org.springframework.security.web.webauthn.api.CredProtectAuthenticationExtensionsClientInput;
import org.springframework.security.web.webauthn.api.CredProtectAuthenticationExtensionsClientInput.CredProtect;
import org.springframework.security.web.webauthn.api.CredProtectAuthenticationExtensionsClientInput.CredProtect.ProtectionPolicy;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInput;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInputs;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialDescriptor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.authentication.WebAuthnAuthentication;

/**
 * Passkeys: the login, and the options that wait in the session for the browser's answer.
 * Spring Security's own module writes the options as the browser wants them, and reads
 * none. The parameters of a mix-in are there for their names.
 */
@SuppressWarnings("UnusedVariable")
final class WebAuthnModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	WebAuthnModule() {
		super("session-security-webauthn");
		setMixInAnnotation(WebAuthnAuthentication.class, Object.class);
		new RecordForm<>(WebAuthnAuthentication.class, Login.class, WebAuthnModule::form, WebAuthnModule::token)
			.addTo(this);
		setMixInAnnotation(ImmutablePublicKeyCredentialUserEntity.class, User.class);
		setMixInAnnotation(Bytes.class, BytesForm.class);
		setMixInAnnotation(PublicKeyCredentialCreationOptions.class, CreationOptions.class);
		setMixInAnnotation(PublicKeyCredentialRequestOptions.class, RequestOptions.class);
		setMixInAnnotation(PublicKeyCredentialRpEntity.class, RelyingParty.class);
		setMixInAnnotation(PublicKeyCredentialDescriptor.class, Descriptor.class);
		setMixInAnnotation(PublicKeyCredentialParameters.class, Parameters.class);
		setMixInAnnotation(AuthenticatorSelectionCriteria.class, Selection.class);
		setMixInAnnotation(ImmutableAuthenticationExtensionsClientInputs.class, Extensions.class);
		setMixInAnnotation(ImmutableAuthenticationExtensionsClientInput.class, Extension.class);
		setMixInAnnotation(CredProtectAuthenticationExtensionsClientInput.class, CredProtectExtension.class);
		setMixInAnnotation(CredProtect.class, CredProtectForm.class);
		setMixInAnnotation(UserVerificationRequirement.class, Verification.class);
		setMixInAnnotation(COSEAlgorithmIdentifier.class, Algorithm.class);
		setMixInAnnotation(PublicKeyCredentialType.class, Type.class);
		setMixInAnnotation(AuthenticatorTransport.class, Transport.class);
		setMixInAnnotation(AuthenticatorAttachment.class, Attachment.class);
		setMixInAnnotation(ResidentKeyRequirement.class, ResidentKey.class);
		setMixInAnnotation(AttestationConveyancePreference.class, Attestation.class);
	}

	@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY, getterVisibility = JsonAutoDetect.Visibility.NONE,
			isGetterVisibility = JsonAutoDetect.Visibility.NONE)
	private abstract static class Fields {

	}

	/** What there is to a login: it may have been taken back. */
	record Login(@Nullable PublicKeyCredentialUserEntity principal, Collection<GrantedAuthority> authorities,
			@Nullable Object details, boolean authenticated) {
	}

	private static Login form(WebAuthnAuthentication token) {
		return new Login(token.getPrincipal(), token.getAuthorities(), token.getDetails(), token.isAuthenticated());
	}

	private static WebAuthnAuthentication token(Login form) {
		WebAuthnAuthentication token = new WebAuthnAuthentication(Objects.requireNonNull(form.principal()),
				form.authorities());
		token.setDetails(form.details());
		if (!form.authenticated()) {
			token.setAuthenticated(false);
		}
		return token;
	}

	private abstract static class User extends Fields {

		@JsonCreator
		User(@JsonProperty("name") String name, @JsonProperty("id") Bytes id,
				@JsonProperty("displayName") @Nullable String displayName) {
		}

	}

	private abstract static class BytesForm extends Fields {

		@JsonCreator
		BytesForm(@JsonProperty("bytes") byte[] bytes) {
		}

	}

	private abstract static class CreationOptions extends Fields {

		@JsonCreator
		CreationOptions(@JsonProperty("rp") PublicKeyCredentialRpEntity rp,
				@JsonProperty("user") PublicKeyCredentialUserEntity user, @JsonProperty("challenge") Bytes challenge,
				@JsonProperty("pubKeyCredParams") List<PublicKeyCredentialParameters> parameters,
				@JsonProperty("timeout") @Nullable Duration timeout,
				@JsonProperty("excludeCredentials") List<PublicKeyCredentialDescriptor> excluded,
				@JsonProperty("authenticatorSelection") AuthenticatorSelectionCriteria selection,
				@JsonProperty("attestation") @Nullable AttestationConveyancePreference attestation,
				@JsonProperty("extensions") @Nullable AuthenticationExtensionsClientInputs extensions) {
		}

	}

	private abstract static class RequestOptions extends Fields {

		@JsonCreator
		RequestOptions(@JsonProperty("challenge") Bytes challenge, @JsonProperty("timeout") Duration timeout,
				@JsonProperty("rpId") @Nullable String rpId,
				@JsonProperty("allowCredentials") List<PublicKeyCredentialDescriptor> allowed,
				@JsonProperty("userVerification") @Nullable UserVerificationRequirement verification,
				@JsonProperty("extensions") AuthenticationExtensionsClientInputs extensions) {
		}

	}

	private abstract static class RelyingParty extends Fields {

		@JsonCreator
		RelyingParty(@JsonProperty("name") String name, @JsonProperty("id") String id) {
		}

	}

	private abstract static class Descriptor extends Fields {

		@JsonCreator
		Descriptor(@JsonProperty("type") PublicKeyCredentialType type, @JsonProperty("id") @Nullable Bytes id,
				@JsonProperty("transports") @Nullable Set<AuthenticatorTransport> transports) {
		}

	}

	private abstract static class Parameters extends Fields {

		@JsonCreator
		Parameters(@JsonProperty("type") PublicKeyCredentialType type,
				@JsonProperty("alg") COSEAlgorithmIdentifier algorithm) {
		}

	}

	private abstract static class Selection extends Fields {

		@JsonCreator
		Selection(@JsonProperty("authenticatorAttachment") @Nullable AuthenticatorAttachment attachment,
				@JsonProperty("residentKey") @Nullable ResidentKeyRequirement residentKey,
				@JsonProperty("userVerification") @Nullable UserVerificationRequirement verification) {
		}

	}

	private abstract static class Extensions extends Fields {

		@JsonCreator
		@SuppressWarnings("rawtypes")
		Extensions(@JsonProperty("inputs") List<AuthenticationExtensionsClientInput> inputs) {
		}

	}

	private abstract static class Extension extends Fields {

		@JsonCreator
		Extension(@JsonProperty("extensionId") String id, @JsonProperty("input") Object input) {
		}

	}

	private abstract static class CredProtectExtension extends Fields {

		@JsonCreator
		CredProtectExtension(@JsonProperty("input") CredProtect input) {
		}

	}

	private abstract static class CredProtectForm extends Fields {

		@JsonCreator
		CredProtectForm(@JsonProperty("credProtectionPolicy") ProtectionPolicy policy,
				@JsonProperty("enforceCredentialProtectionPolicy") boolean enforced) {
		}

	}

	private abstract static class Text {

		@JsonValue
		abstract String getValue();

	}

	private abstract static class Verification extends Text {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		Verification(String value) {
		}

	}

	@JsonDeserialize(converter = ToAlgorithm.class)
	private abstract static class Algorithm {

		@JsonValue
		abstract long getValue();

	}

	/** There is no way to make one. */
	static final class ToAlgorithm extends StdConverter<Long, COSEAlgorithmIdentifier> {

		@Override
		public COSEAlgorithmIdentifier convert(Long value) {
			return Stream.of(COSEAlgorithmIdentifier.values())
				.filter((algorithm) -> algorithm.getValue() == value)
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("There is no such algorithm"));
		}

	}

	private abstract static class Type extends Text {

		@JsonCreator
		static PublicKeyCredentialType valueOf(String value) {
			return PublicKeyCredentialType.valueOf(value);
		}

	}

	private abstract static class Transport extends Text {

		@JsonCreator
		static AuthenticatorTransport valueOf(String value) {
			return AuthenticatorTransport.valueOf(value);
		}

	}

	private abstract static class Attachment extends Text {

		@JsonCreator
		static AuthenticatorAttachment valueOf(String value) {
			return AuthenticatorAttachment.valueOf(value);
		}

	}

	private abstract static class ResidentKey extends Text {

		@JsonCreator
		static ResidentKeyRequirement valueOf(String value) {
			return ResidentKeyRequirement.valueOf(value);
		}

	}

	private abstract static class Attestation extends Text {

		@JsonCreator
		static AttestationConveyancePreference valueOf(String value) {
			return AttestationConveyancePreference.valueOf(value);
		}

	}

}
