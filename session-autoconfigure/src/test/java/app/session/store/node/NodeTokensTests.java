package app.session.store.node;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import app.session.SessionEvent.InvalidCookie.Reason;
import app.session.core.ClientToken.Due;
import app.session.core.TokenFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cookies of Node with an id in them, its two vectors of a rotation among them.
 */
class NodeTokensTests extends NodeFixture {

	private static final String B = UUID + ".WbvKuwC6rI9eCm7GoXIldfauHPI";

	private static final String H = "s%3Aapple.D8Y%2BpkTAmeR0PobOhY4G97PRW%2Bj7bUnP%2F5m6%2FOn1MCU";

	@Test
	void exampleBOpensItsSession() {
		koaVisitor(koaJson("\"views\":1"));
		request(this.koa, new Visitor(B), (session) -> assertThat(session.increment("views")).isEqualTo(2));
	}

	@Test
	void exampleHOpensItsSession() {
		expressVisitor(expressJson("\"views\":1"));
		TokenFormat express = express(life(), List.of("keyboard cat"));
		request(express, new Visitor(H), (session) -> assertThat(session.increment("views")).isEqualTo(2));
	}

	@Test
	void exampleFIsSignedAgainByTheFirstKey() {
		koaVisitor(koaJson("\"views\":1"));
		TokenFormat rotated = koa(life(), List.of("new key", "old key"));
		Visitor visitor = new Visitor(UUID + ".Zy_-ilryi9lmeL6s-7nSIAI8Y1k");
		Exchange exchange = request(rotated, visitor, (session) -> session.get("views", Integer.class));
		assertThat(exchange.due).isEqualTo(Due.REFRESH);
		assertThat(visitor.text).isEqualTo(UUID + ".CM98fDAFFq7uzTEghcpJhM7ZYqs");
		exchange = request(rotated, visitor, (session) -> session.get("views", Integer.class));
		assertThat(exchange.due).isEqualTo(Due.NOTHING);
		assertThat(exchange.sent).isNull();
	}

	@Test
	void aSecretOfExpressesRotatesToo() {
		expressVisitor(expressJson("\"views\":1"));
		Visitor visitor = new Visitor(H);
		Exchange exchange = request(express(life(), List.of("new", "keyboard cat")), visitor,
				(session) -> session.get("views", Integer.class));
		assertThat(exchange.due).isEqualTo(Due.REFRESH);
		assertThat(visitor.text).isEqualTo(new ExpressSignature(List.of("new")).write("apple"));
	}

	/** A deleted session's id is no use to anybody, however it is signed. */
	@Test
	void anIdWithoutASessionIsNotSignedAgain() {
		Visitor visitor = new Visitor(UUID + ".Zy_-ilryi9lmeL6s-7nSIAI8Y1k");
		Exchange exchange = request(koa(life(), List.of("new key", "old key")), visitor,
				(session) -> session.get("views", Integer.class));
		assertThat(exchange.sent).isNull();
	}

	@ParameterizedTest
	@CsvSource({ UUID + ".WbvKuwC6rI9eCm7GoXIldfauHPJ, BAD_SIGNATURE", UUID + "., BAD_SIGNATURE", UUID + ", MALFORMED",
			".WbvKuwC6rI9eCm7GoXIldfauHPI, MALFORMED", "., MALFORMED", "'', MALFORMED" })
	void whatIsNotSignedIsNobodys(String text, Reason reason) {
		koaVisitor(koaJson("\"views\":1"));
		Exchange exchange = new Exchange(this.koa, new Visitor(text));
		assertThat(exchange.refused).containsExactly(reason);
		assertThat(exchange.request.exists()).isFalse();
		assertThat(this.texts.calls).isEmpty();
	}

	@Test
	void anUnsignedIdOpensItsSessionAndIsWrittenWithoutAPoint() {
		this.texts.put("shop:" + UUID, koaJson("\"views\":1"), DAY);
		TokenFormat unsigned = unsignedKoa("shop:");
		Visitor visitor = new Visitor("shop:" + UUID);
		request(unsigned, visitor, (session) -> assertThat(session.increment("views")).isEqualTo(2));
		request(unsigned, visitor, (session) -> session.changeId());
		assertThat(visitor.text).matches("shop:[\\w-]{43}");
		assertThat(this.texts.keys()).containsExactly(visitor.text);
	}

	/** Without a signature a client says what is read, so it must be a session's name. */
	@ParameterizedTest
	@ValueSource(strings = { "other:key", "sho", "SHOP:1" })
	void anUnsignedIdWithoutThePrefixIsNotLookedUp(String id) {
		this.texts.put(id, koaJson("\"views\":1"), DAY);
		Exchange exchange = new Exchange(unsignedKoa("shop:"), new Visitor(id));
		assertThat(exchange.refused).containsExactly(Reason.MALFORMED);
		assertThat(exchange.request.exists()).isFalse();
		assertThat(this.texts.calls).isEmpty();
	}

	@Test
	void anUnsignedIdIsOfAReasonableLength() {
		assertThat(new Exchange(unsignedKoa(""), new Visitor("x".repeat(257))).refused)
			.containsExactly(Reason.MALFORMED);
		assertThat(new Exchange(unsignedKoa(""), new Visitor("x".repeat(256))).refused).isEmpty();
		assertThat(new Exchange(unsignedKoa(""), new Visitor("\uD800")).refused).containsExactly(Reason.MALFORMED);
	}

	@Test
	void noTokenShowsItsText() {
		assertThat(new KoaCookie(UUID, true).toString()).doesNotContain(UUID);
		assertThat(NodeId.of(UUID).toString()).doesNotContain(UUID);
	}

}
