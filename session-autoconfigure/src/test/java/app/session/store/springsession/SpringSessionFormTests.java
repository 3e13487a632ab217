package app.session.store.springsession;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import app.session.SessionRecord;
import app.session.codec.AttributeCodec;
import app.session.codec.AttributesFormat;
import app.session.core.EngineSettings;
import app.session.core.LoggedIn;
import app.session.store.DerivedIds;
import app.session.store.SpringSessionRecords.Fields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import static org.assertj.core.api.Assertions.assertThat;

class SpringSessionFormTests {

	private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

	private final AttributeCodec codec = new AttributeCodec(AttributeCodec.mapperBuilder().build());

	private final SpringSessionForm form = new SpringSessionForm(new SpringSessionValues(this.codec, List.of()),
			new SpringSessionSettings(EngineSettings.DEFAULTS, InstantSource.fixed(NOW),
					(context) -> new LoggedIn("bob", false, NOW)));

	private final Map<String, byte[]> attributes = new HashMap<>();

	@Test
	void aLoginOfSpringSecurityIsReadFromJavasSerialization() {
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken.authenticated(
				User.withUsername("alice").password("x").roles("USER").build(), null,
				AuthorityUtils.createAuthorityList("ROLE_USER"));
		token.setDetails(new WebAuthenticationDetails("192.0.2.1", "id"));
		SecurityContextImpl context = new SecurityContextImpl(token);
		assertThat(new SpringSessionValues(this.codec, List.of()).read("context", java(context))).isEqualTo(context);
	}

	@Test
	void whoIsLoggedInIsWhatTheContextSays() {
		this.attributes.put(SpringSessionForm.CONTEXT, java("a context"));
		assertThat(read(60L)).extracting(SessionRecord::principal).isEqualTo("bob");
		this.attributes.put(SpringSessionForm.CONTEXT, "{\"@class\":\"com.example.Context\"}".getBytes());
		assertThat(read(60L)).extracting(SessionRecord::principal).isNull();
		this.attributes.clear();
		assertThat(read(60L)).extracting(SessionRecord::principal).isEqualTo("alice");
	}

	@Test
	void aSessionThatWasEndedByAnotherLoginIsOver() {
		assertThat(read(60L)).isNotNull();
		this.attributes.put(SpringSessionForm.EXPIRED, java(true));
		assertThat(read(60L)).isNull();
	}

	@Test
	void aSessionWithoutAnEndHasTheLongest() {
		assertThat(AttributesFormat.read(read(-1L).data()).ownTimeout())
			.isEqualTo(EngineSettings.DEFAULTS.maxLifetime());
	}

	@Test
	void aSessionWithTheConfiguredTimeoutHasNoneOfItsOwn() {
		long configured = EngineSettings.DEFAULTS.timeout().toSeconds();
		assertThat(AttributesFormat.read(read(configured).data()).ownTimeout()).isNull();
		assertThat(AttributesFormat.read(read(configured + 1).data()).ownTimeout())
			.isEqualTo(Duration.ofSeconds(configured + 1));
	}

	@Test
	void aRemnantIsNoSession() {
		assertThat(this.form.record(new DerivedIds("test").of("id"),
				new Fields(null, java(NOW.toEpochMilli()), null, null, Map.of())))
			.isNull();
		assertThat(read(0L)).isNull();
	}

	@Test
	void jsonIsReadAsWhatItIsAndClassesOnlyIfTheyAreAllowed() {
		json("plain", "{\"a\":[1,\"b\",null]}");
		json("pair", "[\"a\",\"b\"]");
		json("typed", "[\"java.util.ArrayList\",[1,2]]");
		json("denied", "[\"com.example.Carts\",[1,2]]");
		json("nested", "{\"a\":[{\"@class\":\"com.example.Cart\"}]}");
		json("broken", "{");
		Map<String, Object> read = new HashMap<>();
		AttributesFormat.read(read(60L).data())
			.values()
			.forEach((name, value) -> read.put(name, this.codec.decodeNatural(value)));
		assertThat(read).containsOnlyKeys("plain", "pair", "typed")
			.containsEntry("pair", List.of("a", "b"))
			.containsEntry("typed", List.of(1, 2));
		assertThat(read.get("plain")).asString().isEqualTo("{a=[1, b, null]}");
	}

	private void json(String name, String json) {
		this.attributes.put(name, json.getBytes(StandardCharsets.UTF_8));
	}

	private @Nullable SessionRecord read(long seconds) {
		return this.form.record(new DerivedIds("test").of("id"), new Fields(NOW.toEpochMilli() - 1000,
				java(NOW.toEpochMilli() - 10), java((int) seconds), "alice", this.attributes));
	}

	private static byte[] java(Object value) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(value);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
