package app.session.store.node;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import app.session.SessionEvent;
import app.session.SessionStoreUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What becomes of a record that Node writes too.
 */
class NodeRecordsTests extends NodeFixture {

	@Test
	void aNewSessionIsWrittenAsKoaDoes() {
		request(this.koa, new Visitor(), (session) -> session.set("user", "Jörg"));
		String key = this.texts.keys().get(0);
		assertThat(this.texts.text(key)).isEqualTo(koaJson("\"user\":\"Jörg\""));
		assertThat(this.texts.end(key)).isEqualTo(this.now.get().plus(DAY).plusSeconds(10));
	}

	@Test
	void aNewSessionIsWrittenAsExpressDoes() {
		request(this.express, new Visitor(), (session) -> session.set("user", "Jörg"));
		String key = this.texts.keys().get(0);
		assertThat(key).matches("sess:[\\w-]{32}");
		assertThat(this.texts.text(key)).isEqualTo(expressJson("\"user\":\"Jörg\"").replace("00Z", "00.000Z"));
		assertThat(this.texts.end(key)).isEqualTo(this.now.get().plus(DAY));
	}

	@Test
	void aVisitorWithoutASessionIsWrittenNowhere() {
		Exchange exchange = request(this.koa, new Visitor(), (session) -> session.get("user", String.class));
		assertThat(exchange.sent).isNull();
		assertThat(this.texts.calls).isEmpty();
	}

	@Test
	void anIdThatTheStoreDoesNotKnowIsNotAdopted() {
		Visitor visitor = koaVisitor(koaJson("\"n\":1"));
		this.texts.remove(UUID);
		Exchange exchange = request(this.koa, visitor, (session) -> session.set("n", 2));
		assertThat(exchange.sent).isNotNull();
		assertThat(this.texts.keys()).hasSize(1).doesNotContain(UUID);
	}

	@Test
	void whatNodeWritesInBetweenIsMergedAndNotOverwritten() {
		Visitor visitor = koaVisitor(koaJson("\"views\":5,\"old\":true"));
		Exchange exchange = new Exchange(this.koa, visitor);
		assertThat(exchange.session().get("views", Integer.class)).isEqualTo(5);
		exchange.session().set("ours", 1L);
		advance(Duration.ofSeconds(1));
		this.texts.put(UUID, koaJson("\"views\":6,\"theirs\":2"), DAY);
		exchange.finish();
		assertThat(this.texts.text(UUID)).isEqualTo(koaJson("\"views\":6,\"theirs\":2,\"ours\":1"));
	}

	@Test
	void ofAnAttributeThatBothWriteTheIncrementCountsFromNodes() {
		Visitor visitor = expressVisitor(expressJson("\"views\":5"));
		Exchange exchange = new Exchange(this.express, visitor);
		assertThat(exchange.session().get("views", Integer.class)).isEqualTo(5);
		this.texts.put("sess:apple", expressJson("\"views\":9"), DAY);
		assertThat(exchange.session().increment("views")).isEqualTo(10);
		exchange.finish();
		assertThat(only().path("views").asInt()).isEqualTo(10);
	}

	/** Node writes while ours is between its read and its write, three times over. */
	@Test
	void aWriteOfNodeBetweenReadAndWriteIsSeenHoweverOften() {
		Visitor visitor = koaVisitor(koaJson("\"views\":0"));
		int[] writes = { 0 };
		this.texts.probe = (call) -> {
			if (call.startsWith("replace") && writes[0] < 3) {
				writes[0]++;
				this.texts.put(UUID, koaJson("\"views\":" + 10 * writes[0]), DAY);
			}
		};
		request(this.koa, visitor, (session) -> assertThat(session.increment("views")).isEqualTo(31));
		assertThat(only().path("views").asInt()).isEqualTo(31);
		assertThat(writes[0]).isEqualTo(3);
	}

	@Test
	void whatNodeHasEndedStaysAbsentWhenOursWritesIt() {
		Visitor visitor = koaVisitor(koaJson("\"views\":5"));
		Exchange exchange = new Exchange(this.koa, visitor);
		exchange.session().get("views", Integer.class);
		exchange.session().set("ours", 1);
		this.texts.remove(UUID);
		exchange.finish();
		assertThat(this.texts.keys()).isEmpty();
		assertThat(exchange.sent).isNull();
	}

	@Test
	void whatNodeHasEndedStaysAbsentWhenOursTouchesIt() {
		for (Visitor visitor : List.of(koaVisitor(koaJson("\"n\":1")), expressVisitor(expressJson("\"n\":1")))) {
			Exchange exchange = new Exchange(visitor.text.startsWith("s%3A") ? this.express : this.koa, visitor);
			this.texts.probe = (call) -> {
				if (!call.startsWith("find")) {
					this.texts.remove(UUID);
					this.texts.remove("sess:apple");
				}
			};
			advance(Duration.ofHours(6));
			exchange.session().get("n", Integer.class);
			exchange.finish();
			assertThat(this.texts.keys()).doesNotContain(UUID, "sess:apple");
			this.texts.probe = (call) -> {
			};
			this.texts.remove(UUID);
		}
	}

	@Test
	void anIdChangeIsANewRecordAndTheEndOfTheOld() {
		Visitor visitor = koaVisitor(koaJson("\"views\":5"));
		String before = visitor.text;
		Exchange exchange = request(this.koa, visitor, (session) -> {
			session.changeId();
			session.set("user", "alice");
		});
		String key = this.texts.keys().get(0);
		assertThat(this.texts.keys()).hasSize(1).doesNotContain(UUID);
		assertThat(exchange.sent).startsWith(key + ".").isEqualTo(visitor.text);
		assertThat(this.texts.text(key)).isEqualTo(koaJson("\"views\":5,\"user\":\"alice\""));
		assertThat(new Exchange(this.koa, new Visitor(before)).request.exists()).isFalse();
		request(this.koa, visitor, (session) -> assertThat(session.increment("views")).isEqualTo(6));
		assertThat(this.texts.keys()).containsExactly(key);
	}

	@Test
	void anIdChangeThatNodeOutrunsLeavesNothingBehindAndIsDoneOnce() {
		Visitor visitor = koaVisitor(koaJson("\"views\":5"));
		int[] times = { 0 };
		this.texts.probe = (call) -> {
			if (call.startsWith("delete as read") && times[0]++ == 0) {
				this.texts.put(UUID, koaJson("\"views\":6"), DAY);
			}
		};
		request(this.koa, visitor, (session) -> session.changeId());
		assertThat(this.texts.keys()).hasSize(1).doesNotContain(UUID);
		assertThat(only().path("views").asInt()).isEqualTo(6);
		assertThat(visitor.text).startsWith(this.texts.keys().get(0));
		assertThat(times[0]).isEqualTo(2);
	}

	@Test
	void anIdChangeOfASessionThatNodeHasEndedLeavesNothing() {
		Visitor visitor = koaVisitor(koaJson("\"views\":5"));
		this.texts.probe = (call) -> {
			if (call.startsWith("delete as read")) {
				this.texts.remove(UUID);
			}
		};
		Exchange exchange = request(this.koa, visitor, (session) -> session.changeId());
		assertThat(this.texts.keys()).isEmpty();
		assertThat(exchange.sent).isNull();
	}

	/** The node dies after each call of an id change in turn. */
	@Test
	void atNoPointOfAnIdChangeDoesACrashGiveTheClientTwoIdsOrTakeTheOldOneAway() {
		for (String last : List.of("create", "delete as read")) {
			Visitor visitor = koaVisitor(koaJson("\"views\":5"));
			this.texts.probe = (call) -> {
				if (call.startsWith(last)) {
					throw new SessionStoreUnavailableException("dead", null);
				}
			};
			Exchange exchange = new Exchange(this.koa, visitor);
			assertThatExceptionOfType(SessionStoreUnavailableException.class).isThrownBy(() -> {
				exchange.session().changeId();
				exchange.finish();
			});
			this.texts.probe = (call) -> {
			};
			assertThat(exchange.sent).isNull();
			request(this.koa, visitor, (session) -> assertThat(session.increment("views")).isEqualTo(6));
			assertThat(this.texts.keys()).hasSize(last.equals("create") ? 1 : 2);
			this.texts.keys().forEach(this.texts::remove);
		}
	}

	/** What is lost may have been done: to do it again could count twice. */
	@Test
	void aWriteWhoseReplyIsLostIsNotMadeAgain() {
		Visitor visitor = koaVisitor(koaJson("\"views\":5"));
		this.texts.probe = (call) -> {
			if (call.startsWith("replace")) {
				throw new SessionStoreUnavailableException("lost", null);
			}
		};
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> request(this.koa, visitor, (session) -> session.increment("views")));
		assertThat(this.texts.calls).filteredOn((call) -> call.startsWith("replace")).hasSize(1);
	}

	@Test
	void aReadIsOneCallAndAWriteOneMore() {
		Visitor visitor = koaVisitor(koaJson("\"views\":5"));
		request(this.koa, visitor, (session) -> session.get("views", Integer.class));
		this.texts.calls.clear();
		request(this.koa, visitor, (session) -> session.get("views", Integer.class));
		assertThat(this.texts.calls).containsExactly("find " + UUID);
		this.texts.calls.clear();
		request(this.koa, visitor, (session) -> session.increment("views"));
		assertThat(this.texts.calls).containsExactly("find " + UUID, "replace " + UUID);
	}

	@Test
	void aLogoutIsTold() {
		Visitor visitor = expressVisitor(expressJson("\"views\":5"));
		Exchange exchange = request(this.express, visitor, (session) -> session.invalidate());
		assertThat(exchange.cleared).isTrue();
		assertThat(this.texts.keys()).isEmpty();
		assertThat(events(SessionEvent.Destroyed.class)).hasSize(1);
	}

	@Test
	void sessionsAreCountedByTheirPrefix() {
		koaVisitor(koaJson(""));
		expressVisitor(expressJson(""));
		NodeStore store = new NodeStore(this.texts, "sess:", new KoaForm(life()), new SecureRandom(), this.clock,
				this.events::add);
		assertThat(store.count()).isEqualTo(1);
	}

	@Test
	void anIdThatIsNotOfTheRequestIsRefusedWithoutTellingIt() {
		NodeIds ids = new NodeIds(() -> "text of the id", null);
		NodeId other = NodeId.of("another");
		assertThatIllegalArgumentException().isThrownBy(() -> ids.get(other.id().key(), other.id().secretHash()))
			.withMessageNotContaining("another");
		assertThat(other.toString()).doesNotContain("another");
	}

	/** Nothing of a handle leads back to the id that is in the store. */
	@Test
	void theHandleDoesNotTellTheIdAndIsTheSameInEachRequest() {
		Visitor visitor = koaVisitor(koaJson("\"views\":5"));
		String[] handles = new String[2];
		request(this.koa, visitor, (session) -> handles[0] = session.getHandle());
		request(this.koa, visitor, (session) -> handles[1] = session.getHandle());
		assertThat(handles[0]).isNotNull().isEqualTo(handles[1]).doesNotContain(UUID);
	}

	@Test
	void aRequestThatOutlivesItsSessionDoesNotReviveIt() {
		Visitor visitor = koaVisitor(koaJson("\"views\":5"));
		Exchange exchange = new Exchange(this.koa, visitor);
		NodeRecords records = ((NodeToken) exchange.token).records();
		assertThat(records.find(exchange.token.id().key())).isNotNull();
		String text = this.texts.text(UUID);
		this.now.set(Instant.parse("2026-11-25T10:00:00Z"));
		this.texts.put(UUID, text, Duration.ofSeconds(10));
		assertThat(records.touch(exchange.token.id().key())).isFalse();
		assertThat(this.texts.text(UUID)).isEqualTo(text);
	}

}
