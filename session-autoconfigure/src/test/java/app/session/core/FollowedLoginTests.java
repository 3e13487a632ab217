package app.session.core;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import app.session.LoginNotFreshException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A framework that says in an attribute who is logged in: the attribute and the login are
 * one change.
 */
class FollowedLoginTests extends EngineFixture {

	private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

	private static boolean login(Exchange exchange, String user) {
		return exchange.request.login()
			.follow(new LoggedIn(user, false, null), () -> exchange.request.container().setObject(CONTEXT, user));
	}

	private Map<String, Object> stored() {
		Exchange exchange = open();
		Map<String, Object> all = exchange.session().toMap();
		exchange.finish();
		return all;
	}

	@Test
	void theSessionIsTheUsersUnderAnotherId() {
		request((session) -> session.set("cart", "book"));
		Browser before = this.browser.copy();
		Exchange exchange = open();
		assertThat(login(exchange, "alice")).isTrue();
		exchange.finish();
		request((session) -> {
			assertThat(session.getPrincipal()).isEqualTo("alice");
			assertThat(session.names()).containsExactlyInAnyOrder("cart", CONTEXT);
		});
		assertThat(open(this.engine, before).request.exists()).isFalse();
	}

	@Test
	void whereTheLoginIsDroppedSinceTheIdWasChangedNothingSaysThatSomebodyIsLoggedIn() {
		request((session) -> session.set("cart", "book"));
		Exchange victim = open(this.engine, this.browser.copy());
		assertThat(login(victim, "alice")).isTrue();
		request((session) -> session.changeId());
		victim.finish();
		assertThat(victim.sent).isNull();
		assertThat(stored()).containsOnlyKeys("cart");
		request((session) -> assertThat(session.getPrincipal()).isNull());
	}

	@Test
	void whenTheResponseHasGoneNobodyLogsInAndNothingSaysSo() {
		request((session) -> session.set("cart", "book"));
		Exchange exchange = open();
		exchange.session().names();
		exchange.open = false;
		assertThatIllegalStateException().isThrownBy(() -> login(exchange, "alice"));
		exchange.finish();
		assertThat(stored()).containsOnlyKeys("cart");
	}

	@Test
	void whoHasANameThatNobodyCanHaveDoesNotLogInAndNothingSaysSo() {
		request((session) -> session.set("cart", "book"));
		for (String name : new String[] { "a".repeat(1025), "half \ud800" }) {
			Exchange exchange = open();
			assertThat(login(exchange, name)).isFalse();
			exchange.finish();
			assertThat(stored()).containsOnlyKeys("cart");
		}
	}

	@Test
	void theIdThatWasChangedForTheLoginIsThatOfTheLogin() {
		request((session) -> session.set("cart", "book"));
		Exchange exchange = open();
		String before = exchange.request.container().name();
		exchange.session().changeId();
		String name = exchange.request.container().name();
		login(exchange, "alice");
		assertThat(exchange.request.container().name()).isEqualTo(name).isNotEqualTo(before);
		exchange.finish();
		assertThat(open().request.container().name()).isEqualTo(name);
	}

	@Test
	void theSameUserLogsInAgainWhenTheIdIsChangedAndOnlyThen() {
		Exchange first = open();
		login(first, "alice");
		first.finish();
		advance(Duration.ofMinutes(10));
		Exchange again = open();
		login(again, "alice");
		assertThat(again.session().isFreshlyAuthenticated(Duration.ofMinutes(5))).isFalse();
		again.session().changeId();
		login(again, "alice");
		assertThat(again.session().isFreshlyAuthenticated(Duration.ofMinutes(5))).isTrue();
		again.finish();
	}

	@Test
	void theFreshLoginOfOneIsNotAnothers() {
		Exchange exchange = open();
		login(exchange, "alice");
		RequestLogin login = exchange.request.login();
		Duration maxAge = Duration.ofMinutes(5);
		assertThat(login.isFresh("alice", maxAge)).isTrue();
		assertThat(login.isFresh("bob", maxAge)).isFalse();
		login.requireFresh("alice", maxAge);
		assertThatExceptionOfType(LoginNotFreshException.class).isThrownBy(() -> login.requireFresh("bob", maxAge))
			.satisfies((failure) -> assertThat(failure.getAge()).isNull());
		exchange.finish();
	}

	@Test
	void whoIsRememberedHasShownNoCredentials() {
		Exchange exchange = open();
		exchange.request.login()
			.follow(new LoggedIn("alice", true, null), () -> exchange.request.container().setObject(CONTEXT, "alice"));
		assertThat(exchange.session().getAuthenticationTime()).isNull();
		assertThat(exchange.session().getPrincipal()).isEqualTo("alice");
		exchange.finish();
	}

}
