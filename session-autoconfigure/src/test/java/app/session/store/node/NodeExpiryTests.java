package app.session.store.node;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import app.session.SessionEvent;
import app.session.core.TokenFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When sessions end that Node has too.
 */
class NodeExpiryTests extends NodeFixture {

	private boolean exists(TokenFormat format, Visitor visitor) {
		return new Exchange(format, visitor.copy()).request.exists();
	}

	@Test
	void whatIsInTheRecordOfKoaDecides() {
		Visitor visitor = koaVisitor(koaJson("\"n\":1"));
		String text = this.texts.text(UUID);
		this.texts.put(UUID, text, DAY.plusSeconds(10));
		advance(DAY.minusMillis(1));
		NodeRecords records = ((NodeToken) new Exchange(this.koa, visitor).token).records();
		assertThat(records.find(NodeId.of(UUID).id().key())).isNotNull();
		advance(Duration.ofMillis(1));
		assertThat(exists(this.koa, visitor)).isFalse();
		assertThat(this.texts.keys()).as("what is over is removed").isEmpty();
		assertThat(events(SessionEvent.Expired.class)).hasSize(1);
	}

	@Test
	void whatNodeHasMadeOfItMeanwhileIsNotRemoved() {
		Visitor visitor = koaVisitor("{\"n\":1,\"_expire\":1,\"_maxAge\":1000}");
		this.texts.probe = (call) -> {
			if (call.startsWith("delete as read")) {
				this.texts.put(UUID, koaJson("\"n\":2"), DAY);
			}
		};
		assertThat(exists(this.koa, visitor)).isFalse();
		assertThat(this.texts.keys()).containsExactly(UUID);
		assertThat(events(SessionEvent.Expired.class)).isEmpty();
	}

	/** Redis keeps a record of koa's ten seconds longer than its session lives. */
	@Test
	void whatEndedSinceTheRequestWroteItIsNotWrittenAgain() {
		Visitor visitor = koaVisitor(koaJson("\"n\":1"));
		Exchange exchange = new Exchange(this.koa, visitor);
		exchange.session().set("n", 2L);
		exchange.session().save();
		advance(DAY.plusSeconds(5));
		exchange.session().set("n", 3L);
		exchange.finish();
		assertThat(exists(this.koa, visitor)).isFalse();
		assertThat(this.texts.keys()).as("what is over is removed").isEmpty();
	}

	@Test
	void aUseOfKoasMovesItsEnd() {
		Visitor visitor = koaVisitor(koaJson("\"n\":1"));
		advance(Duration.ofHours(20));
		request(this.koa, visitor, (session) -> session.get("n", Integer.class));
		assertThat(this.texts.text(UUID)).isEqualTo(koaJson("\"n\":1"));
		advance(Duration.ofHours(20));
		assertThat(exists(this.koa, visitor)).isTrue();
	}

	@Test
	void aUseOfExpressesMovesTheStoresEndAlone() {
		Visitor visitor = expressVisitor(expressJson("\"n\":1"));
		String text = this.texts.text("sess:apple");
		advance(Duration.ofHours(20));
		request(this.express, visitor, (session) -> session.get("n", Integer.class));
		assertThat(this.texts.text("sess:apple")).isEqualTo(text);
		assertThat(this.texts.end("sess:apple")).isEqualTo(this.now.get().plus(DAY));
		advance(Duration.ofHours(20));
		assertThat(exists(this.express, visitor)).isTrue();
	}

	@Test
	void aSessionOfKoasThatEndsWithTheBrowserHasNoEnd() {
		Visitor visitor = new Visitor(KoaCookie.write(UUID, "koa.sess", keygrip(KEYS)));
		this.texts.put(UUID, "{\"n\":1,\"_session\":true}", null);
		advance(Duration.ofDays(4000));
		request(this.koa, visitor, (session) -> assertThat(session.increment("n")).isEqualTo(2));
		assertThat(this.texts.text(UUID)).isEqualTo("{\"n\":2,\"_session\":true}");
		assertThat(this.texts.end(UUID)).isNull();
	}

	@Test
	void aNewSessionThatEndsWithTheBrowserIsWrittenSo() {
		NodeLife browser = new NodeLife(settings(DAY, Duration.ofDays(30)), true);
		request(koa(browser, KEYS), new Visitor(), (session) -> session.set("n", "a"));
		assertThat(this.texts.text(this.texts.keys().get(0))).isEqualTo("{\"n\":\"a\",\"_session\":true}");
		this.texts.keys().forEach(this.texts::remove);
		request(express(browser, KEYS), new Visitor(), (session) -> session.set("n", "a"));
		String key = this.texts.keys().get(0);
		assertThat(only().path("cookie").path("originalMaxAge").isNull()).isTrue();
		assertThat(only().path("cookie").path("expires").isNull()).isTrue();
		assertThat(this.texts.end(key)).isEqualTo(this.now.get().plus(DAY));
	}

	@Test
	void thereIsALongestLifeOnceThereIsAPrincipalAndNoneBefore() {
		Visitor anonymous = new Visitor();
		Visitor alice = new Visitor();
		request(this.koa, anonymous, (session) -> session.set("n", "a"));
		request(this.koa, alice, (session) -> session.setPrincipal("alice"));
		for (int hours = 0; hours < 30 * 24; hours += 20) {
			request(this.koa, anonymous, (session) -> session.get("n", String.class));
			request(this.koa, alice, (session) -> session.get("n", String.class));
			assertThat(exists(this.koa, alice)).as("after %d hours", hours).isTrue();
			advance(Duration.ofHours(20));
		}
		assertThat(exists(this.koa, anonymous)).isTrue();
		assertThat(exists(this.koa, alice)).isFalse();
		assertThat(events(SessionEvent.Expired.class)).hasSize(1);
	}

	@Test
	void theLongestLifeIsInTheRecordForNodeToo() {
		NodeLife life = new NodeLife(settings(DAY, Duration.ofHours(30)), false);
		TokenFormat koa = koa(life, KEYS);
		Visitor alice = new Visitor();
		request(koa, alice, (session) -> session.setPrincipal("alice"));
		long end = this.now.get().plus(Duration.ofHours(30)).toEpochMilli();
		advance(Duration.ofHours(20));
		request(koa, alice, (session) -> session.set("n", "a"));
		assertThat(only().path("_expire").asLong()).isEqualTo(end);
	}

	/** Node's record has a lifetime of its own, whatever is configured by now. */
	@Test
	void theMaxAgeOfARecordIsTheSessionsOwn() {
		Visitor visitor = koaVisitor(
				"{\"n\":1,\"_expire\":" + this.now.get().plusSeconds(60).toEpochMilli() + ",\"_maxAge\":60000}");
		request(this.koa, visitor, (session) -> {
			assertThat(session.getTimeout()).isEqualTo(Duration.ofMinutes(1));
			session.set("n", 2L);
		});
		assertThat(only().path("_maxAge").asLong()).isEqualTo(60000);
		advance(Duration.ofSeconds(61));
		assertThat(exists(this.koa, visitor)).isFalse();
	}

}
