package app.session.core;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import app.session.SessionEvent.AttributeUnreadable;
import app.session.SessionRecord;
import app.session.WriterTag;
import app.session.codec.AllowedTypes;
import app.session.codec.AttributeCodec;
import app.session.codec.TypedJson;
import app.session.crypto.SessionIdGenerator;
import app.session.security.json.SecurityJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.UserDetails;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A deploy changes the classes that a session is made of: what can't be read any more is
 * absent, so that a user is anonymous again, and nothing fails.
 */
class ClassChangeTests extends EngineFixture {

	private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

	private final SessionEngine node = new SessionEngine(this.repository, codec(),
			new SessionIdGenerator(new SecureRandom()), EngineSettings.DEFAULTS, this.clock, this.events::add);

	private static AttributeCodec codec() {
		List<String> allowed = new ArrayList<>(SecurityJson.allowedTypes());
		allowed.add("app.session.core.");
		return new AttributeCodec(AttributeCodec.mapperBuilder().build(), new TypedJson(() -> {
			JsonMapper.Builder builder = TypedJson.mapperBuilder();
			SecurityJson.addTo(builder, ClassChangeTests.class.getClassLoader());
			return new TypedJson.Settings(builder, AllowedTypes.of(allowed), List.of(SecurityJson.standIn()));
		}));
	}

	enum RoleV1 {

		USER, ADMIN

	}

	/** As it was. Each later form has a name of the same length. */
	record AccountV1(String username, String city, RoleV1 role) implements Account {

		@Override
		public String getUsername() {
			return this.username;
		}

	}

	/** A property was renamed. */
	record AccountV2(String login, String city, RoleV1 role) implements Account {

		@Override
		public String getUsername() {
			return this.login;
		}

	}

	/** A property was removed. */
	record AccountV3(String username, RoleV1 role) implements Account {

		@Override
		public String getUsername() {
			return this.username;
		}

	}

	/** A property is of another type. */
	record AccountV4(String username, int city, RoleV1 role) implements Account {

		@Override
		public String getUsername() {
			return this.username;
		}

	}

	/** A property was added, and is required. */
	record AccountV5(String username, String city, RoleV1 role, String tenant) implements Account {

		AccountV5 {
			Objects.requireNonNull(tenant);
		}

		@Override
		public String getUsername() {
			return this.username;
		}

	}

	/** A property was added that may be missing. */
	record AccountV6(String username, String city, RoleV1 role, @Nullable String tenant) implements Account {

		@Override
		public String getUsername() {
			return this.username;
		}

	}

	/** Not a class that is made of properties any more. */
	interface AccountV8 extends Account {

	}

	interface Account extends UserDetails {

		@Override
		default @Nullable String getPassword() {
			return null;
		}

		@Override
		default Collection<? extends GrantedAuthority> getAuthorities() {
			return List.of();
		}

	}

	private static SecurityContext login() {
		AccountV1 user = new AccountV1("user", "Berlin", RoleV1.USER);
		return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(user, null,
				AuthorityUtils.createAuthorityList("ROLE_USER")));
	}

	/** Stores a login, and then pretends that a class has got another form. */
	private void loggedInBefore(String before, String after) {
		assertThat(after).hasSameSizeAs(before);
		Exchange exchange = open(this.node, this.browser);
		exchange.request.container().setObject(CONTEXT, login());
		exchange.session().set("views", 5L);
		exchange.finish();
		assertThat(this.browser.id).isNotNull();
		SessionRecord record = this.repository.living(this.browser.id.key());
		assertThat(record).isNotNull();
		String data = new String(record.data(), StandardCharsets.ISO_8859_1);
		assertThat(data).contains(before);
		this.repository.records.put(this.browser.id.key(),
				record.next(new WriterTag(1), record.secretHash(), record.idleTimeout(), record.principal(),
						data.replace(before, after).getBytes(StandardCharsets.ISO_8859_1)));
	}

	@ParameterizedTest
	@CsvSource({ "$AccountV1, $AccountV2", "$AccountV1, $AccountV3", "$AccountV1, $AccountV4", "$AccountV1, $AccountV5",
			"$AccountV1, $AccountV8", "$AccountV1, $AccountV9", "\"USER\", \"USED\"",
			"SecurityContextImpl, SecurityContextGone", "SimpleGrantedAuthority, SimpleGrantedAuthoritx",
			"UsernamePasswordAuthenticationToken, UsernamePasswordAuthenticationTokex" })
	void aLoginThatCantBeReadAnyMoreIsAbsent(String before, String after) {
		loggedInBefore(before, after);
		request(this.node, this.browser, (session) -> {
			assertThat(session.get(CONTEXT, Object.class)).isNull();
			assertThat(session.get("views", Long.class)).isEqualTo(5);
			assertThat(session.toMap()).containsOnlyKeys("views");
		});
		assertThat(events(AttributeUnreadable.class)).isNotEmpty()
			.allSatisfy((event) -> assertThat(event.name()).isEqualTo(CONTEXT));
		Exchange again = open(this.node, this.browser);
		again.request.container().setObject(CONTEXT, login());
		again.finish();
		request(this.node, this.browser,
				(session) -> assertThat(session.<Object>get(CONTEXT, Object.class)).isEqualTo(login()));
	}

	@Test
	void aPropertyThatWasAddedIsMissingAndNothingElseIs() {
		loggedInBefore("$AccountV1", "$AccountV6");
		request(this.node, this.browser, (session) -> {
			SecurityContext context = (SecurityContext) session.get(CONTEXT, Object.class);
			assertThat(context).isNotNull();
			assertThat(context.getAuthentication()).isNotNull();
			assertThat(context.getAuthentication().getPrincipal())
				.isEqualTo(new AccountV6("user", "Berlin", RoleV1.USER, null));
		});
		assertThat(events(AttributeUnreadable.class)).isEmpty();
	}

}
