package app.session.peers;

import java.time.Duration;
import java.util.Map;

import app.session.Session;
import app.session.peers.Visitor.Answer;
import org.junit.jupiter.api.Test;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What koa-session does by assigning to {@code ctx.session}.
 */
@OnEachStore
class AssigningTests extends PeerTests {

	@Test
	@Expectation({ "b.20", "b.21", "b.68", "session = null" })
	void anEndedSessionHasItsOneCookieRemoved() {
		Answer answer = returning().visit((session) -> {
			session.set("money", "$$$");
			session.invalidate();
		});
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.setCookie()).isEqualTo("session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
	}

	@Test
	@Expectation("b.22")
	void afterItsEndTheSessionIsEmptyAndThereIsNone() {
		assertThat(returning().ask((session) -> {
			session.invalidate();
			return session.toMap() + " " + session.isNew() + " "
					+ ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest()
						.getSession(false);
		}).body()).isEqualTo("{} true null");
	}

	/** There is no cookie that could be removed. */
	@Test
	@Expectation("b.23")
	void aVisitorWithoutASessionHasNoneRemoved() {
		assertThat(visitor().visit(Session::invalidate).setCookie()).isNull();
		Answer answer = visitor().visit((session) -> {
			session.set("message", "hello");
			session.invalidate();
		});
		assertThat(answer.setCookie()).isNull();
	}

	@Test
	void whatIsSetAfterTheEndBeginsAnotherSession() {
		Visitor visitor = returning();
		String before = visitor.cookie().getValue();
		visitor.visit((session) -> {
			session.invalidate();
			session.set("user", "alice");
		});
		assertThat(visitor.cookie().getValue()).isNotEqualTo(before);
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{user=alice}");
	}

	@Test
	@Expectation({ "b.24", "session = {}" })
	void nothingInPlaceOfNothingIsNoSession() {
		assertThat(visitor().visit((session) -> session.replace(Map.of())).setCookie()).isNull();
	}

	/** In koa-session's cookie mode it lives on, unless it was read before. */
	@Test
	@Expectation("session = {}")
	void nothingInPlaceOfASessionEmptiesItAndItStays() {
		Visitor visitor = returning();
		String handle = visitor.ask(Session::getHandle).body();
		visitor.visit((session) -> session.replace(Map.of()));
		assertThat(visitor.ask((session) -> session.toMap() + " " + session.isNew() + " " + session.getHandle()).body())
			.isEqualTo("{} false " + handle);
	}

	@Test
	@Expectation({ "b.25", "session = {…}" })
	void attributesInPlaceOfOthersAreTheOnlyOnes() {
		Visitor visitor = visitor();
		assertThat(visitor.visit((session) -> session.replace(Map.of("message", "hello"))).setCookie())
			.startsWith("session=");
		visitor.visit((session) -> session.replace(new Cart("book", 2)));
		assertThat(visitor.ask((session) -> session.as(Cart.class) + " " + session.get("message", String.class)).body())
			.isEqualTo("Cart[title=book, count=2] null");
	}

	/**
	 * A session as a record.
	 *
	 * @param title what
	 * @param count how many
	 */
	record Cart(String title, int count) {
	}

	@Test
	@Expectation({ "b.26", "session = other" })
	void aStringIsNoAttributes() {
		Answer answer = returning().visit((session) -> session.replace("hello"));
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.body()).contains("Internal Server Error");
	}

	@Test
	@Expectation({ "b.36", "session.maxAge=" })
	void aMaxAgeOfItsOwnBesideAnAttributeIsInTheCookie() {
		assertThat(visitor().visit((session) -> {
			session.set("name", "alice");
			session.setCookieMaxAge(Duration.ofSeconds(100));
		}).setCookie()).contains("; Max-Age=100;");
	}

	@Test
	@Expectation("b.37")
	void aMaxAgeOfItsOwnAloneIsInTheCookie() {
		Visitor visitor = visitor();
		assertThat(visitor.visit((session) -> session.setCookieMaxAge(Duration.ofSeconds(100))).setCookie())
			.contains("; Max-Age=100;");
		assertThat(visitor.ask(Session::isNew).body()).isEqualTo("false");
		assertThat(visitor.visit((session) -> session.setCookieMaxAge(Duration.ofSeconds(200))).setCookie())
			.contains("; Max-Age=200;");
		assertThat(visitor.ask((session) -> session.getCookieMaxAge()).body()).isEqualTo("PT3M20S");
	}

	/** {@code maxAge} is an attribute as any other here. */
	@Test
	@Expectation("b.38")
	void attributesInPlaceOfOthersAndAMaxAgeOfItsOwnAreTwoCalls() {
		Visitor visitor = visitor();
		assertThat(visitor.visit((session) -> {
			session.replace(Map.of("maxAge", 7));
			session.setCookieMaxAge(Duration.ofSeconds(100));
		}).setCookie()).contains("; Max-Age=100;");
		assertThat(visitor.ask((session) -> session.get("maxAge", Integer.class)).body()).isEqualTo("7");
	}

}
