package app.session.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import app.session.AttributeNotStorableException;
import app.session.Session;
import app.session.SessionEvent.AttributeUnreadable;
import app.session.SessionEvent.ChangesDropped;
import app.session.SessionEvent.Created;
import app.session.SessionEvent.Destroyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a handler can do with its session.
 */
class HandlerSessionTests extends EngineFixture {

	@Test
	void theViewCounterCounts() {
		List<Long> views = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			request((session) -> views.add(session.increment("views")));
		}
		assertThat(views).containsExactly(1L, 2L, 3L);
		assertThat(events(Created.class)).hasSize(1);
	}

	@Test
	void whatIsSetIsThereInTheSameRequestAndTheNext() {
		request((session) -> {
			session.set("name", "Jörg");
			assertThat(session.get("name", String.class)).isEqualTo("Jörg");
			assertThat(session.names()).containsExactly("name");
			assertThat(session.isNew()).isTrue();
			assertThat(session.getHandle()).isNull();
		});
		request((session) -> {
			assertThat(session.get("name", String.class)).isEqualTo("Jörg");
			assertThat(session.isNew()).isFalse();
			assertThat(session.getHandle()).hasSize(22);
			assertThat(session.get("other", String.class, "fallback")).isEqualTo("fallback");
		});
	}

	@Test
	void aNullValueRemoves() {
		request((session) -> session.set("a", 1));
		request((session) -> session.set("a", null));
		request((session) -> assertThat(session.isEmpty()).isTrue());
	}

	@Test
	void setAndUndoneIsNotStored() {
		request((session) -> {
			session.set("a", 1);
			session.remove("a");
		});
		assertThat(this.repository.takeCalls()).isEmpty();
		assertThat(this.browser.id).isNull();
	}

	@Test
	void theWholeSessionIsARecord() {
		request((session) -> session.replace(new Profile("alice", 7)));
		request((session) -> assertThat(session.as(Profile.class)).isEqualTo(new Profile("alice", 7)));
	}

	@Test
	void replaceLeavesNothingElse() {
		request((session) -> session.set("old", 1));
		request((session) -> session.replace(Map.of("new", 2)));
		request((session) -> assertThat(session.toMap()).isEqualTo(Map.of("new", 2)));
	}

	@Test
	void whatCanNotBeStoredFailsWhereItIsSet() {
		Session session = open().session();
		assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> session.set("thread", this))
			.satisfies((ex) -> assertThat(ex.getAttributeName()).isEqualTo("thread"));
		assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> session.set("", 1));
		assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> session.set("a\ud83d", 1));
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> session.replace(Map.of("a\ud83d", 1)));
		assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> session.set("x".repeat(257), 1))
			.withMessageContaining("max-name-length");
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> session.set("big", "x".repeat(1 << 21)))
			.withMessageContaining("max-size");
	}

	@Test
	void aChangeThatIsRefusedIsNotSavedLater() {
		Exchange exchange = open();
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> exchange.session().set("big", "x".repeat(1 << 21)));
		exchange.session().set("a", 1);
		exchange.finish();
		request((session) -> assertThat(session.names()).containsExactly("a"));
	}

	@Test
	void tooManyAttributesAreRefused() {
		Session session = open().session();
		for (int i = 0; i < 256; i++) {
			session.set("a" + i, i);
		}
		assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> session.set("one more", 1))
			.withMessageContaining("max-attributes");
	}

	@Test
	void onlyAnIntegerCanBeIncremented() {
		request((session) -> session.set("name", "alice"));
		Exchange exchange = open();
		assertThatIllegalStateException().isThrownBy(() -> exchange.session().increment("name"))
			.withMessageContaining("'name'");
		exchange.session().set("a", 1);
		exchange.finish();
		request((session) -> assertThat(session.names()).containsExactlyInAnyOrder("name", "a"));
	}

	@Test
	void aCounterDoesNotOverflow() {
		request((session) -> session.set("n", Long.MAX_VALUE));
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> open().session().increment("n"));
	}

	@Test
	void anUnreadableAttributeCostsItselfAlone() {
		request((session) -> {
			session.set("cart", "text");
			session.set("a", 1);
		});
		request((session) -> {
			assertThat(session.get("cart", Profile.class)).isNull();
			assertThat(session.get("a", Integer.class)).isEqualTo(1);
		});
		assertThat(events(AttributeUnreadable.class)).singleElement()
			.satisfies((event) -> assertThat(event.name()).isEqualTo("cart"));
	}

	@Test
	void invalidateEndsTheSessionAndTheNextWriteBeginsAnother() {
		request((session) -> session.set("a", 1));
		Browser old = this.browser.copy();
		request((session) -> {
			session.invalidate();
			assertThat(session.isEmpty()).isTrue();
			session.set("b", 2);
		});
		request((session) -> assertThat(session.toMap()).isEqualTo(Map.of("b", 2)));
		request(this.engine, old, (session) -> assertThat(session.isEmpty()).isTrue());
		assertThat(events(Destroyed.class)).hasSize(1);
	}

	@Test
	void aChangeAfterTheResponseIsCommittedIsAnError() {
		request((session) -> session.set("a", 1));
		Exchange exchange = open();
		exchange.request.commit();
		exchange.open = false;
		this.repository.takeCalls();
		Session session = exchange.session();
		assertThatIllegalStateException().isThrownBy(() -> session.set("a", 2));
		assertThatIllegalStateException().isThrownBy(() -> session.increment("a"));
		assertThatIllegalStateException().isThrownBy(session::invalidate);
		assertThatIllegalStateException().isThrownBy(session::changeId);
		session.set("a", 1);
		exchange.request.end();
		assertThat(this.repository.takeCalls()).containsExactly("find");
	}

	@Test
	void aReadOnlyHandlerCanOnlyRead() {
		request((session) -> session.set("a", 1));
		Exchange exchange = open();
		exchange.request.readOnly();
		assertThat(exchange.session().get("a", Integer.class)).isEqualTo(1);
		assertThatIllegalStateException().isThrownBy(() -> exchange.session().set("a", 2))
			.withMessageContaining("@SessionPolicy");
		assertThatIllegalStateException().isThrownBy(() -> exchange.session().increment("a"));
		exchange.finish();
	}

	@Test
	void discardedChangesAreNotSaved() {
		request((session) -> session.set("a", 1));
		Exchange exchange = open();
		exchange.session().set("a", 2);
		exchange.request.discardChanges();
		assertThat(exchange.session().get("a", Integer.class)).isEqualTo(1);
		exchange.finish();
		request((session) -> assertThat(session.get("a", Integer.class)).isEqualTo(1));
		assertThat(events(ChangesDropped.class)).singleElement()
			.satisfies((event) -> assertThat(event.reason()).isEqualTo(ChangesDropped.Reason.ERROR));
	}

	@Test
	void whereNoIdCanBeSentASessionLivesForTheRequest() {
		Exchange exchange = open();
		exchange.secure = false;
		assertThat(exchange.session().increment("views")).isEqualTo(1);
		assertThat(exchange.session().increment("views")).isEqualTo(2);
		exchange.session().set("a", 1);
		exchange.finish();
		assertThat(this.repository.takeCalls()).isEmpty();
		assertThat(exchange.sent).isNull();
	}

	@Test
	void saveWritesNowAndLaterOnlyWhatCameAfter() {
		Exchange exchange = open();
		exchange.session().set("a", 1);
		exchange.session().save();
		exchange.session().save();
		assertThat(this.repository.takeCalls()).containsExactly("create");
		exchange.session().set("b", 2);
		exchange.finish();
		assertThat(this.repository.takeCalls()).containsExactly("update");
	}

	@Test
	void aKeyThatIsInUseIsNeverShared() {
		TestRepository once = new TestRepository(this.clock) {

			private boolean first = true;

			@Override
			public boolean create(app.session.SessionRecord record) {
				if (this.first) {
					this.first = false;
					this.calls.add("create");
					return false;
				}
				return super.create(record);
			}

		};
		request(engine(once, EngineSettings.DEFAULTS), this.browser, (session) -> session.set("a", 1));
		assertThat(once.takeCalls()).containsExactly("create", "create");
	}

	@Test
	void neitherTheSecretNorAValueIsInTheTextForm() {
		request((session) -> session.set("password", "hunter2"));
		Exchange exchange = open();
		exchange.session().get("password", String.class);
		assertThat(exchange.session().toString()).contains(exchange.session().getHandle()).doesNotContain("hunter2");
	}

	@Test
	void serializedRequestsSeeWhatTheOnesBeforeThemSaved() throws Exception {
		request((session) -> session.set("n", 0));
		Exchange first = open();
		first.request.serialize(Duration.ofSeconds(5));
		first.request.serialize(Duration.ofSeconds(5));
		Exchange impatient = open();
		assertThatExceptionOfType(app.session.SessionBusyException.class)
			.isThrownBy(() -> impatient.request.serialize(Duration.ofMillis(1)));
		impatient.finish();
		Integer n = first.session().get("n", Integer.class);
		first.session().set("n", n + 1);
		first.finish();
		Exchange second = open();
		assertThat(second.session().get("n", Integer.class)).isEqualTo(1);
		second.request.serialize(Duration.ofSeconds(5));
		second.finish();
		assertThat(this.engine.sharedSessions().size()).isZero();
	}

	/** A record. */
	public record Profile(String name, int level) {
	}

	@Test
	void whatIsNoChangeMakesNoSession() {
		request((session) -> {
			session.setPrincipal(null);
			session.setTimeout(null);
			session.setCookieMaxAge(null);
			session.changeId();
			session.clear();
			session.replace(Map.of());
		});
		assertThat(this.repository.takeCalls()).isEmpty();
		assertThat(this.browser.id).isNull();
	}

	@Test
	void invalidatingWhatIsNotThereSendsNothing() {
		Exchange exchange = open();
		exchange.session().invalidate();
		exchange.finish();
		assertThat(exchange.cleared).isFalse();
		assertThat(this.repository.takeCalls()).isEmpty();
	}

	@Test
	void theFunctionOfAnUpdateCanNotChangeTheSession() {
		request((session) -> session.set("a", 1));
		Exchange exchange = open();
		Session session = exchange.session();
		assertThatIllegalStateException().isThrownBy(() -> session.update("a", Integer.class, (a) -> {
			session.set("b", 1);
			return 2;
		})).withMessageContaining("function");
		assertThatIllegalStateException().isThrownBy(() -> session.update("a", Integer.class, (a) -> {
			session.increment("b");
			return 2;
		}));
		assertThat(session.update("a", Integer.class, (a) -> a + session.get("a", Integer.class))).isEqualTo(2);
		exchange.finish();
		request((later) -> assertThat(later.toMap()).isEqualTo(Map.of("a", 2)));
	}

	@Test
	void limitsThatBecameStricterLetASessionShrink() {
		request((session) -> {
			for (int i = 0; i < 20; i++) {
				session.set("a" + i, i);
			}
		});
		EngineSettings d = EngineSettings.DEFAULTS;
		SessionEngine strict = engine(this.repository,
				new EngineSettings(d.timeout(), null, d.maxLifetime(), d.touchFraction(), null, d.storeTimeout(), 10,
						20, d.maxNameLength(), d.securityNames(), d.limit(), EngineSettings.OnStoreFailure.FAIL));
		request(strict, this.browser, (session) -> {
			session.remove("a1");
			session.set("a2", 3);
			assertThat(session.increment("a3")).isEqualTo(4);
			assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> session.set("more", 1));
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> session.set("a2", "longer"));
		});
		request((session) -> assertThat(session.names()).hasSize(19));
	}

	@Test
	void oneRequestsChangesOfTheSameNameEndAsTheLastSays() {
		request((session) -> {
			session.set("n", 5);
			assertThat(session.increment("n")).isEqualTo(6);
			session.set("n", 10);
			assertThat(session.take("n", Integer.class)).isEqualTo(10);
			assertThat(session.putIfAbsent("n", 1)).isTrue();
			assertThat(session.putIfAbsent("n", 2)).isFalse();
			session.remove("n");
			assertThat(session.increment("n", 3)).isEqualTo(3);
			session.clear();
			session.set("n", 7);
			session.save();
			assertThat(session.increment("n")).isEqualTo(8);
		});
		request((session) -> assertThat(session.toMap()).isEqualTo(Map.of("n", 8L)));
	}

	@Test
	void afterADiscardAnEndedSessionReadsOnAsItWasLoaded() {
		request((session) -> session.set("a", 1));
		Exchange exchange = open();
		assertThat(exchange.session().get("a", Integer.class)).isEqualTo(1);
		request(this.engine, this.browser.copy(), Session::invalidate);
		exchange.session().set("a", 2);
		exchange.session().save();
		exchange.session().set("a", 3);
		exchange.request.discardChanges();
		assertThat(exchange.session().get("a", Integer.class)).isEqualTo(1);
		exchange.finish();
	}

	@Test
	void aReadAfterTheRequestHoldsNothing() {
		request((session) -> session.set("a", 1));
		Exchange exchange = open();
		exchange.finish();
		assertThat(exchange.session().get("a", Integer.class)).isEqualTo(1);
		assertThat(exchange.request.exists()).isTrue();
		assertThat(this.engine.sharedSessions().size()).isZero();
	}

	@Test
	void aDiscardOfNothingIsNotReported() {
		request((session) -> session.set("a", 1));
		Exchange exchange = open();
		exchange.session().get("a", Integer.class);
		exchange.request.discardChanges();
		exchange.finish();
		assertThat(events(ChangesDropped.class)).isEmpty();
	}

	@Test
	void oneUnreadableAttributeIsMissingFromTheMapAlone() {
		request((session) -> {
			session.set("a", 1L);
			session.set("bad", List.of("text"));
		});
		this.repository.records.values().forEach((record) -> {
			for (int i = 0; i < record.data().length; i++) {
				record.data()[i] = (record.data()[i] == '[') ? (byte) '{' : record.data()[i];
			}
		});
		request((session) -> assertThat(session.toMap()).isEqualTo(Map.of("a", 1L)));
		assertThat(events(AttributeUnreadable.class)).singleElement()
			.satisfies((event) -> assertThat(event.name()).isEqualTo("bad"));
	}

	@Test
	void anUnreadableValueIsNotTaken() {
		request((session) -> session.set("a", "text"));
		request((session) -> assertThat(session.take("a", Integer.class)).isNull());
		request((session) -> assertThat(session.take("a", String.class)).isEqualTo("text"));
	}

	@Test
	void onlyAnAccessedSessionIsAccessed() {
		Exchange exchange = open();
		exchange.request.hasChanges();
		assertThat(exchange.request.isAccessed()).isFalse();
		exchange.session().names();
		assertThat(exchange.request.isAccessed()).isTrue();
		exchange.finish();
	}

}
