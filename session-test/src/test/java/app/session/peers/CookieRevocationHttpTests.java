package app.session.peers;

import java.util.stream.Stream;

import app.session.Session;
import app.session.Sessions;
import app.session.http.SharedStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions at their clients whose principal's epoch is kept in a store.
 */
abstract class CookieRevocationHttpTests extends PeerTests {

	CookieRevocationHttpTests(SharedStore epochs, String name) {
		super(arguments(epochs, name));
	}

	private static String[] arguments(SharedStore epochs, String name) {
		return Stream
			.concat(epochs.properties().stream().filter((property) -> !property.startsWith("app.session.store=")),
					Stream.of("app.session.store=cookie", "app.session.cookie-store.revocation=" + name))
			.toArray(String[]::new);
	}

	private Visitor loggedIn(String user) {
		Visitor visitor = visitor();
		visitor.visit((session) -> {
			session.set("message", "hello");
			session.setPrincipal(user);
		});
		return visitor;
	}

	@Test
	void allSessionsOfAPrincipalAreRevokedAndThoseOfOthersAreNot() {
		Visitor phone = loggedIn("anna");
		Visitor desk = loggedIn("anna");
		Visitor other = loggedIn("ben");
		bean(Sessions.class).revokeAll("anna");
		assertThat(phone.ask(Session::toMap).body()).isEqualTo("{}");
		assertThat(desk.ask(Session::toMap).body()).isEqualTo("{}");
		assertThat(other.ask(Session::toMap).body()).isEqualTo("{message=hello}");
		assertThat(loggedIn("anna").ask(Session::toMap).body()).isEqualTo("{message=hello}");
	}

	@Test
	void theSessionThatIsSparedGoesOn() {
		Visitor phone = loggedIn("carl");
		Visitor desk = loggedIn("carl");
		Sessions sessions = bean(Sessions.class);
		phone.visit((session) -> sessions.revokeAllExcept("carl", session.getHandle()));
		assertThat(phone.ask(Session::toMap).body()).isEqualTo("{message=hello}");
		assertThat(desk.ask(Session::toMap).body()).isEqualTo("{}");
	}

	/** Epochs in Redis. */
	@ParameterizedClass
	@EnumSource(names = "COOKIE")
	static class RedisTests extends CookieRevocationHttpTests {

		RedisTests() {
			super(SharedStore.REDIS, "redis");
		}

	}

	/** Epochs in a SQL database. */
	@ParameterizedClass
	@EnumSource(names = "COOKIE")
	static class PostgresTests extends CookieRevocationHttpTests {

		PostgresTests() {
			super(SharedStore.POSTGRESQL, "jdbc");
		}

	}

}
