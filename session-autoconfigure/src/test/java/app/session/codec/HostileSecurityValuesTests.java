package app.session.codec;

import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import app.session.AttributeNotStorableException;
import app.session.security.json.SecurityJson;
import app.session.web.servlet.FlashModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.FieldError;
import org.springframework.web.servlet.FlashMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What somebody who can write into the store may put there for Spring Security and Spring
 * MVC to find.
 */
class HostileSecurityValuesTests {

	private final AttributeCodec codec = codec();

	private static AttributeCodec codec() {
		List<String> allowed = new ArrayList<>(SecurityJson.allowedTypes());
		allowed.addAll(FlashModule.allowedTypes());
		allowed.add(Fixtures.Anything.class.getName());
		return new AttributeCodec(AttributeCodec.mapperBuilder().build(), new TypedJson(() -> {
			JsonMapper.Builder builder = TypedJson.mapperBuilder();
			SecurityJson.addTo(builder, HostileSecurityValuesTests.class.getClassLoader());
			return new TypedJson.Settings(builder.addModule(new FlashModule()), AllowedTypes.of(allowed),
					List.of(SecurityJson.standIn()));
		}));
	}

	@AfterEach
	void nothingWasMade() {
		assertThat(HostileTypedValuesTests.Traces.LEFT).hasValue(0);
	}

	private static EncodedValue typed(String json) {
		return RawCodec.writeBytes(Tag.TYPED, json.getBytes(StandardCharsets.UTF_8));
	}

	private void isUnreadable(String json) {
		assertThatExceptionOfType(UnreadableValueException.class).as(json.substring(0, Math.min(json.length(), 400)))
			.isThrownBy(() -> this.codec.decodeNatural(typed(json)))
			.withMessageNotContaining("sesame")
			.withMessageNotContaining("Gadget")
			.withNoCause();
	}

	private String json(Object value) {
		byte[] bytes = this.codec.encodeObject("a", value).toByteArray();
		return new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
	}

	static Stream<Object> values() throws ParseException {
		UsernamePasswordAuthenticationToken login = UsernamePasswordAuthenticationToken.authenticated(
				User.withUsername("user").password("x").roles("USER").build(), "x",
				AuthorityUtils.createAuthorityList("A"));
		login.setDetails(new WebAuthenticationDetails("127.0.0.1", "id"));
		PreAuthenticatedAuthenticationToken preAuthenticated = new PreAuthenticatedAuthenticationToken(
				new Fixtures.Anything(1), new Fixtures.Anything(2), AuthorityUtils.createAuthorityList("A"));
		preAuthenticated.setDetails(new WebAuthenticationDetails("127.0.0.1", "id"));
		FlashMap flash = new FlashMap();
		BeanPropertyBindingResult result = new BeanPropertyBindingResult(new Fixtures.Anything(1), "form");
		result
			.addError(new FieldError("form", "value", new Fixtures.Anything(2), false, null, new Object[] { 5L }, "a"));
		flash.put("a", new Fixtures.Anything(1));
		flash.put("b", result);
		return Stream.concat(OAuth2ValuesTests.values(),
				Stream.of(new SecurityContextImpl(login), new SecurityContextImpl(preAuthenticated),
						new CopyOnWriteArrayList<>(List.of(flash)), new LockedException("a")));
	}

	/**
	 * In each place that names a class, one that is not allowed: nothing of it is made,
	 * and the value is not read without it either.
	 */
	@ParameterizedTest
	@MethodSource("values")
	void noPlaceOfAValueTakesAnotherClass(Object value) {
		String json = json(value);
		int places = 0;
		for (String gadget : List.of(HostileTypedValuesTests.Gadget.class.getName(), "java.io.File", "java.net.URI",
				"java.net.URLClassLoader", "java.lang.Class", "no.such.Thing",
				"org.springframework.context.support.ClassPathXmlApplicationContext",
				"org.springframework.security.core.userdetails.UserCache",
				"org.springframework.security.web.savedrequest.DefaultSavedRequest$Builder")) {
			Matcher names = Pattern.compile("(?:\"@class\":|\\[)\"((?:java|org|app)\\.[\\w.$]+)\"").matcher(json);
			while (names.find()) {
				isUnreadable(json.substring(0, names.start(1)) + gadget + json.substring(names.end(1)));
				places++;
			}
		}
		assertThat(places).isGreaterThanOrEqualTo(9);
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:///etc/passwd", "jar:file:/a.jar!/b", "jar:http://localhost/a.jar!/b",
			"ftp://localhost/", "jndi:ldap://localhost/a", "jrt:/java.base", "mailto:a@b", "http", "http:/",
			"http:localhost", "//localhost/", "", "netdoc:/etc/passwd" })
	void anAddressOfAnotherProtocolIsRefused(String address) {
		isUnreadable("[\"java.net.URL\",\"" + address + "\"]");
		isUnreadable("[\"java.util.ArrayList\",[[\"java.net.URL\",\"" + address + "\"]]]");
	}

	@Test
	void whatIsNoAddressIsRefused() {
		for (String value : List.of("{}", "[]", "[\"a\"]", "5", "{\"@class\":\"java.net.URL\"}", "\"http://[sesame\"",
				"\"http://localhost:99999999999/\"", "\"http://" + "a".repeat(10_000) + "/\"")) {
			isUnreadable("[\"java.net.URL\"," + value + "]");
		}
		isUnreadable("{\"@class\":\"java.net.URL\",\"protocol\":\"http\",\"host\":\"localhost\"}");
		isUnreadable("[\"java.net.URL\",null]");
	}

	/** The JDK's own ask a name server, and find that these are one. */
	@Test
	void anAddressIsComparedWithoutAskingForItsHost() throws Exception {
		String json = "[\"java.util.LinkedHashSet\",[[\"java.net.URL\",\"http://localhost/\"],"
				+ "[\"java.net.URL\",\"http://127.0.0.1/\"],[\"java.net.URL\",\"https://localhost/\"]]]";
		Set<?> addresses = (Set<?>) this.codec.decodeNatural(typed(json));
		assertThat(addresses).hasSize(3);
		for (Object address : addresses) {
			URL url = (URL) address;
			assertThat(url.getDefaultPort()).isEqualTo(url.getProtocol().equals("https") ? 443 : 80);
			assertThat(url.openConnection()).isInstanceOf(HttpURLConnection.class);
		}
		EncodedValue encoded = this.codec.encodeObject("a", addresses);
		assertThat(this.codec.encodeObject("a", this.codec.decodeNatural(encoded))).isEqualTo(encoded);
	}

	@Test
	void anAddressThatWasNotReadIsComparedTheSameWay() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		URL url = new URL(null, "https://c.invalid/a?b", new URLStreamHandler() {

			@Override
			protected InetAddress getHostAddress(URL address) {
				asked.incrementAndGet();
				return null;
			}

			@Override
			protected URLConnection openConnection(URL address) {
				throw new IllegalStateException("Nobody may connect");
			}

		});
		this.codec.encodeObject("a", new ArrayList<>(List.of(url)));
		assertThat(asked).hasValue(0);
	}

	@Test
	void anAddressThatWouldNotBeReadIsNotWritten() throws Exception {
		URL url = URI.create("file:///etc/passwd").toURL();
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> this.codec.encodeObject("a", new ArrayList<>(List.of(url))));
	}

	@ParameterizedTest
	@ValueSource(ints = { 501, 5_000, 100_000 })
	void nestingInAFlashMapIsBounded(int depth) {
		String start = "{\"@class\":\"" + FlashMap.class.getName() + "\",\"attributes\":";
		isUnreadable(start + "{\"@class\":\"java.util.LinkedHashMap\",\"a\":"
				+ "[\"java.util.ArrayList\",[".repeat(depth) + "]]".repeat(depth) + "}}");
		isUnreadable(
				(start + "{\"@class\":\"java.util.LinkedHashMap\",\"a\":").repeat(depth) + "1" + "}}".repeat(depth));
		isUnreadable("{\"@class\":\"" + FlashMap.class.getName() + "\",\"gone\":" + "[".repeat(depth)
				+ "]".repeat(depth) + "}");
		isUnreadable(("{\"@class\":\"" + SecurityContextImpl.class.getName() + "\",\"authentication\":").repeat(depth)
				+ "null" + "}".repeat(depth));
		isUnreadable(("{\"@class\":\"" + BeanPropertyBindingResult.class.getName() + "\",\"target\":").repeat(depth)
				+ "null" + "}".repeat(depth));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",\"attributes\":null", ",\"attributes\":{}",
			",\"attributes\":{\"@class\":\"java.util.LinkedHashMap\"},\"parameters\":{\"@class\":\"java.util.LinkedHashMap\","
					+ "\"a\":5}",
			",\"attributes\":[\"java.util.ArrayList\",[]]", ",\"path\":{\"sesame\":1}", ",\"expires\":\"sesame\"",
			",\"attributes\":{\"sesame\":1}" })
	void aFlashMapThatIsNoneIsRefused(String properties) {
		isUnreadable("{\"@class\":\"" + FlashMap.class.getName() + "\"" + properties + "}");
		isUnreadable("[\"" + FlashMap.class.getName() + "\",[]]");
	}

	@Test
	void aLoginOfHalfAMindIsRefused() {
		for (String type : List.of("web.authentication.preauth.PreAuthenticatedAuthenticationToken",
				"web.authentication.preauth.PreAuthenticatedGrantedAuthoritiesWebAuthenticationDetails",
				"oauth2.client.authentication.OAuth2AuthenticationToken", "oauth2.core.oidc.OidcIdToken",
				"oauth2.client.registration.ClientRegistration", "oauth2.core.endpoint.OAuth2AuthorizationRequest",
				"authentication.RememberMeAuthenticationToken", "core.authority.SimpleGrantedAuthority")) {
			isUnreadable("{\"@class\":\"org.springframework.security." + type + "\"}");
			isUnreadable(
					"{\"@class\":\"org.springframework.security." + type + "\",\"authenticated\":true,\"sesame\":1}");
		}
	}

	@Test
	void damagedLoginsAreUnreadableOrOthers() throws ParseException {
		Random random = new Random(7);
		for (Object value : values().toList()) {
			byte[] good = this.codec.encodeObject("a", value).toByteArray();
			for (int round = 0; round < 300; round++) {
				byte[] bytes = good.clone();
				bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
				try {
					this.codec.decodeNatural(new EncodedValue(bytes, 0, bytes.length));
				}
				catch (UnreadableValueException ex) {
					// Nothing else may be thrown.
				}
			}
		}
	}

}
