package app.session.store.node;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import app.session.SessionEvent;
import app.session.core.TokenFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records that are not what Node writes. In express-session one of them is a 500 on each
 * request with its id.
 */
class UnreadableRecordTests extends NodeFixture {

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "null", "true", "7", "\"text\"", "[]", "[{\"a\":1}]", "{\"a\":1}x", "{} {}",
			"{\"a\":}", "undefined", "{\"a\":NaN}", "{\"_expire\":\"4102444800000\"}", "{\"_expire\":null}",
			"{\"_expire\":{}}", "{\"_maxAge\":\"session\"}", "{\"_maxAge\":[]}", "{\"_session\":\"true\"}",
			"{\"_session\":1}", "{\"$session\":7}", "{\"$session\":null}", "{\"$session\":{\"types\":7}}",
			"{\"$session\":{\"principal\":7}}", "{\"$session\":{\"created\":\"now\"}}", "{\"$session\":{\"login\":[]}}",
			"{\"$session\":{\"login\":{\"time\":\"x\"}}}", "{\"a\":1,\"$session\":{\"types\":{\"a\":5}}}",
			"{\"$session\":{\"attributes\":[]}}", "{\"$session\":{\"cookieMaxAge\":{}}}" })
	void aRecordThatIsNotKoasIsNoSessionAndIsTold(String text) {
		assertUnreadable(this.koa, koaVisitor(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "null", "[]", "\"text\"", "{}", "{\"a\":1}", "{\"cookie\":null}",
			"{\"cookie\":true}", "{\"cookie\":\"x\"}", "{\"cookie\":[]}", "{\"cookie\":{\"originalMaxAge\":\"1\"}}",
			"{\"cookie\":{\"originalMaxAge\":true}}", "{\"cookie\":{\"expires\":7}}", "{\"cookie\":{\"expires\":true}}",
			"{\"cookie\":{},\"$session\":[]}" })
	void aRecordThatIsNotExpressesIsNoSessionAndIsTold(String text) {
		assertUnreadable(this.express, expressVisitor(text));
	}

	private void assertUnreadable(TokenFormat format, Visitor visitor) {
		Exchange exchange = request(format, visitor, (session) -> {
			assertThat(session.isNew()).isTrue();
			assertThat(session.names()).isEmpty();
			session.set("n", 1);
		});
		assertThat(events(SessionEvent.RecordUnreadable.class)).isNotEmpty();
		assertThat(exchange.sent).isNotNull();
		request(format, visitor, (session) -> assertThat(session.get("n", Integer.class)).isEqualTo(1));
	}

	/** Odd, and yet what JSON allows: none of these is worth a visitor's session. */
	@ParameterizedTest
	@ValueSource(strings = { "\"a\":1e999999999", "\"a\":-1e-999999999", "\"a\":null", "\"\":1", "\"a\":[[[]]]",
			"\"a\":\"\\ud800\"", "\"a\":1,\"a\":2", "\"$session\":{}", "\"a\":1,\"$session\":{\"types\":{\"a\":\"?\"}}",
			"\"$session\":{\"later\":[1]}", "\"a\":{\"$session\":\"!\"}" })
	void whatIsOddIsRead(String attributes) {
		assertCounts(this.koa, koaVisitor(koaJson(attributes)));
		assertCounts(this.express, expressVisitor(expressJson(attributes)));
	}

	/** Times of every size. */
	@ParameterizedTest
	@ValueSource(strings = { "{\"_expire\":1e400,\"_maxAge\":1}", "{\"_expire\":4102444800000.5,\"_maxAge\":60000.5}",
			"{\"_expire\":9223372036854775808,\"_maxAge\":9223372036854775808}", "{\"_expire\":1e30}",
			"{\"_maxAge\":86400000}", "{\"_maxAge\":1e999999}", "{\"_session\":true,\"_expire\":1}", "{}" })
	void aTimeOfAnySizeIsNoError(String text) {
		assertCounts(this.koa, koaVisitor(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"expires\":\"no date\"}", "{\"expires\":false,\"originalMaxAge\":false}",
			"{\"originalMaxAge\":1e30,\"expires\":\"9999-12-31T23:59:59.999Z\"}",
			"{\"originalMaxAge\":60000,\"expires\":\"+292278994-08-17T07:12:55.807Z\"}",
			"{\"originalMaxAge\":60000,\"expires\":\"-271821-04-20T00:00:00.000Z\"}" })
	void aCookieOfAnySizeIsNoError(String cookie) {
		assertCounts(this.express, expressVisitor("{\"cookie\":" + cookie + "}"));
	}

	private void assertCounts(TokenFormat format, Visitor visitor) {
		request(format, visitor, (session) -> assertThat(session.increment("views")).isEqualTo(1));
		request(format, visitor, (session) -> assertThat(session.increment("views")).isEqualTo(2));
		assertThat(events(SessionEvent.RecordUnreadable.class)).isEmpty();
	}

}
