package app.session.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import app.session.StoredException;
import app.session.StoredThrowable;
import app.session.security.json.SecurityJson;
import app.session.security.StoredAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.authentication.AccountExpiredException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.ott.InvalidOneTimeTokenException;
import org.springframework.security.authentication.password.CompromisedPasswordException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.web.authentication.rememberme.CookieTheftException;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.validation.Errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Errors: Spring Security puts that of a failed login into the session.
 */
class StoredErrorsTests {

	private final AttributeCodec codec = SecurityCodec.allowing("app.session.codec.");

	static class Plain extends AuthenticationException {

		private static final long serialVersionUID = 1L;

		Plain(String message) {
			super(message);
		}

	}

	static final class WithCode extends AuthenticationException {

		private static final long serialVersionUID = 1L;

		final int code;

		WithCode(String message) {
			super(message);
			this.code = message.length();
		}

	}

	static final class Prefixing extends IllegalStateException {

		private static final long serialVersionUID = 1L;

		Prefixing(String message) {
			super("prefix " + message);
		}

	}

	static final class WithoutConstructor extends AuthenticationException {

		private static final long serialVersionUID = 1L;

		WithoutConstructor() {
			super("none");
		}

	}

	static final class Refusing extends AuthenticationException {

		private static final long serialVersionUID = 1L;

		Refusing(String message) {
			super(message);
			if (!"once".equals(message)) {
				return;
			}
			throw new IllegalArgumentException("sesame");
		}

		Refusing(int code) {
			super("once");
		}

	}

	private Object comesBack(Throwable error) {
		EncodedValue encoded = this.codec.encodeObject("a", error);
		Object back = this.codec.decodeNatural(encoded);
		assertThat(((Throwable) back)).hasMessage(error.getMessage()).hasNoCause().hasNoSuppressedExceptions();
		assertThat(this.codec.encodeObject("a", back)).isEqualTo(encoded);
		byte[] bytes = encoded.toByteArray();
		assertThat(new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8)).doesNotContain("sesame")
			.doesNotContain("stackTrace")
			.doesNotContain("StoredErrorsTests.java");
		return back;
	}

	private static <T extends Throwable> T furnished(T error) {
		error.addSuppressed(new IllegalStateException("sesame"));
		if (error instanceof AuthenticationException authentication) {
			authentication
				.setAuthenticationRequest(UsernamePasswordAuthenticationToken.unauthenticated("sesame", "sesame"));
		}
		return error;
	}

	static Stream<Throwable> errorsOfAnAllowedClass() {
		Throwable cause = new IllegalStateException("sesame");
		return Stream.of(new BadCredentialsException("wrong", cause), new LockedException("locked", cause),
				new DisabledException("disabled"), new AccountExpiredException("expired"),
				new CredentialsExpiredException("expired"), new SessionAuthenticationException("too many"),
				new InternalAuthenticationServiceException("down", cause), new CookieTheftException("theft"),
				new InvalidOneTimeTokenException("token"), new CompromisedPasswordException("known"),
				new Plain("plain"), new Plain(null), new StoredException("com.acme.Any", "any"),
				new StoredAuthenticationException("com.acme.Any", null));
	}

	@ParameterizedTest
	@MethodSource("errorsOfAnAllowedClass")
	void anErrorOfAnAllowedClassComesBackAsItsClassAndMessage(Throwable error) {
		assertThat(comesBack(furnished(error))).hasSameClassAs(error);
	}

	static Stream<Throwable> authenticationErrors() {
		return Stream.of(new WithCode("code"), new WithoutConstructor(), new Refusing(1),
				new AuthenticationException("b") {
					private static final long serialVersionUID = 1L;

				}, UsernameNotFoundException.fromUsername("sesame"));
	}

	@ParameterizedTest
	@MethodSource("authenticationErrors")
	void anotherAuthenticationErrorIsStoodForByOne(AuthenticationException error) {
		Object back = comesBack(furnished(error));
		assertThat(back).isExactlyInstanceOf(StoredAuthenticationException.class);
		assertThat(((StoredThrowable) back).getOriginalClassName()).isEqualTo(error.getClass().getName());
		assertThat(back.toString()).contains(error.getClass().getName());
	}

	static Stream<Throwable> otherErrors() {
		return Stream.of(new IllegalStateException("state"), new StackOverflowError(), new Prefixing("a"),
				new java.io.UncheckedIOException("io", new java.io.IOException("sesame")), new Exception() {
					private static final long serialVersionUID = 1L;

				});
	}

	@ParameterizedTest
	@MethodSource("otherErrors")
	void anyOtherErrorIsStoodFor(Throwable error) {
		Object back = comesBack(furnished(error));
		assertThat(back).isExactlyInstanceOf(StoredException.class);
		assertThat(((StoredThrowable) back).getOriginalClassName()).isEqualTo(error.getClass().getName());
		assertThat(back.toString()).contains(error.getClass().getName());
	}

	@Test
	void anErrorOfSpringSecuritysThatIsNotAllowedIsStoodFor() {
		AttributeCodec without = new AttributeCodec(AttributeCodec.mapperBuilder().build(),
				new TypedJson(() -> new TypedJson.Settings(TypedJson.mapperBuilder(),
						AllowedTypes.of(StoredAuthenticationException.class.getName()),
						List.of(SecurityJson.standIn()))));
		Object back = without.decodeNatural(without.encodeObject("a", new LockedException("locked")));
		assertThat(back).isExactlyInstanceOf(StoredAuthenticationException.class);
		assertThat(((StoredThrowable) back).getOriginalClassName()).isEqualTo(LockedException.class.getName());
	}

	@Test
	void whatAMixInDescribesIsWrittenWhole() {
		Object back = comesBack(furnished(new OAuth2AuthenticationException(new OAuth2Error("a", "b", "c"), "d")));
		assertThat(((OAuth2AuthenticationException) back).getError().getUri()).isEqualTo("c");
	}

	@Test
	void errorsInsideOthersAreKeptTheSameWay() {
		Map<String, Object> value = new LinkedHashMap<>(
				Map.of("errors", new ArrayList<>(List.of(new LockedException("a"), new IllegalStateException("b"))),
						"array", new Throwable[] { new Plain("c") }));
		Map<?, ?> back = (Map<?, ?>) this.codec.decodeNatural(this.codec.encodeObject("a", value));
		assertThat((List<?>) back.get("errors")).hasExactlyElementsOfTypes(LockedException.class,
				StoredException.class);
		assertThat((Object[]) back.get("array")).hasExactlyElementsOfTypes(Plain.class);
	}

	@Test
	void withoutSpringSecurityThereIsStillAStandIn() {
		AttributeCodec plain = new AttributeCodec(AttributeCodec.mapperBuilder().build());
		Object back = plain.decodeNatural(plain.encodeObject("a", new LockedException("locked")));
		assertThat(back).isExactlyInstanceOf(StoredException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"@class\":\"app.session.StoredException\"}",
			"{\"@class\":\"app.session.StoredException\",\"original\":5}",
			"{\"@class\":\"app.session.StoredException\",\"original\":{\"@class\":\"java.net.URL\"}}",
			"{\"@class\":\"app.session.StoredException\",\"original\":\"a\",\"message\":[1]}",
			"[\"app.session.StoredException\",[]]", "[\"app.session.StoredException\",\"sesame\"]",
			"{\"@class\":\"java.lang.IllegalStateException\",\"message\":\"sesame\"}",
			"{\"@class\":\"java.lang.Throwable\",\"message\":\"sesame\"}",
			"{\"@class\":\"org.springframework.security.core.AuthenticationException\",\"message\":\"sesame\"}",
			"{\"@class\":\"app.session.codec.StoredErrorsTests$WithCode\",\"message\":\"sesame\"}",
			"{\"@class\":\"app.session.codec.StoredErrorsTests$WithoutConstructor\",\"message\":\"sesame\"}",
			"{\"@class\":\"app.session.codec.StoredErrorsTests$Refusing\",\"message\":\"once\"}" })
	void whatIsNoErrorIsUnreadable(String json) {
		EncodedValue value = RawCodec.writeBytes(Tag.TYPED, json.getBytes(StandardCharsets.UTF_8));
		assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> this.codec.decodeNatural(value))
			.withMessageNotContaining("sesame")
			.withNoCause();
	}

	@Test
	void nothingButTheMessageIsReadOfAnError() {
		EncodedValue value = RawCodec.writeBytes(Tag.TYPED,
				("{\"@class\":\"" + LockedException.class.getName() + "\",\"cause\":{\"@class\":\"java.io.File\"},"
						+ "\"stackTrace\":[1],\"message\":\"a\",\"suppressed\":[[\"x\"]]}")
					.getBytes(StandardCharsets.UTF_8));
		Object back = this.codec.decodeNatural(value);
		assertThat(((Throwable) back)).isExactlyInstanceOf(LockedException.class).hasMessage("a").hasNoCause();
	}

}
