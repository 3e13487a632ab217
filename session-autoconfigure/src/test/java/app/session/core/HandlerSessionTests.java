package app.session.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import app.session.AttributeNotStorableException;
import app.session.Session;
import app.session.SessionEvent.AttributeUnreadable;
import app.session.SessionEvent.ChangesDropped;
import app.session.SessionEvent.Created;
import app.session.SessionEvent.Destroyed;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a handler can do with its session.
 */
class HandlerSessionTests extends EngineFixture {

	private static final ParameterizedTypeReference<List<String>> STRINGS = new ParameterizedTypeReference<>() {
	};

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
	void aListChangedInPlaceIsSaved() {
		request((session) -> session.set("items", List.of("apple")));
		request((session) -> Objects.requireNonNull(session.get("items", STRINGS)).add("pear"));
		request((session) -> assertThat(session.get("items", STRINGS)).containsExactly("apple", "pear"));
	}

	@Test
	void aListChangedAfterItWasSetIsSavedAsItIsInTheEnd() {
		request((session) -> {
			List<String> items = new ArrayList<>();
			session.set("items", items);
			items.add("apple");
			assertThat((Object) session.get("items", ArrayList.class)).isSameAs(items);
		});
		request((session) -> assertThat(session.get("items", STRINGS)).containsExactly("apple"));
	}

	@Test
	void anObjectThatIsReadAndNotChangedIsNotWritten() {
		request((session) -> session.set("items", List.of("apple")));
		this.repository.takeCalls();
		request((session) -> session.get("items", STRINGS));
		assertThat(this.repository.takeCalls()).containsExactly("find");
	}

	@Test
	void theSameObjectIsReturnedAllRequestLong() {
		request((session) -> session.set("items", List.of("apple")));
		request((session) -> assertThat(session.get("items", STRINGS)).isSameAs(session.get("items", STRINGS)));
	}

	@Test
	void anObjectChangedInPlaceTooLateIsReported() {
		request((session) -> session.set("items", List.of("apple")));
		Exchange exchange = open();
		List<String> items = Objects.requireNonNull(exchange.session().get("items", STRINGS));
		exchange.request.commit();
		exchange.open = false;
		items.add("late");
		exchange.request.end();
		assertThat(events(ChangesDropped.class)).singleElement()
			.satisfies((event) -> assertThat(event.reason()).isEqualTo(ChangesDropped.Reason.TOO_LATE));
	}

	@Test
	void theWholeSessionIsABeanWhoseChangesAreSavedOneByOne() {
		request((session) -> session.as(Visit.class).views++);
		request((session) -> {
			Visit visit = session.as(Visit.class);
			assertThat(session.as(Visit.class)).isSameAs(visit);
			assertThat(visit.views++).isEqualTo(1);
			visit.page = "home";
		});
		request((session) -> {
			assertThat(session.names()).containsExactlyInAnyOrder("views", "page");
			assertThat(session.increment("views")).isEqualTo(3);
			session.as(Visit.class).page = null;
		});
		request((session) -> assertThat(session.toMap()).isEqualTo(Map.of("views", 3L)));
	}

	@Test
	void twoRequestsThatChangeDifferentPropertiesOfABeanBothCount() {
		request((session) -> session.as(Visit.class).views = 1);
		Exchange first = open();
		first.session().as(Visit.class).page = "home";
		Exchange second = open();
		second.session().as(Visit.class).views = 5;
		first.finish();
		second.finish();
		request((session) -> assertThat(session.toMap()).isEqualTo(Map.of("views", 5L, "page", "home")));
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

	/** A bean of public fields. */
	public static class Visit {

		public long views;

		public String page;

	}

	/** A record. */
	public record Profile(String name, int level) {
	}

	@Test
	void anEqualObjectThatIsSetIsSavedWhenItChangesLater() {
		request((session) -> session.set("items", List.of("apple")));
		request((session) -> {
			List<String> items = new ArrayList<>(List.of("apple"));
			session.set("items", items);
			items.add("pear");
		});
		request((session) -> assertThat(session.get("items", STRINGS)).containsExactly("apple", "pear"));
	}

	@Test
	void anObjectIsSavedAgainWhenItChangesAfterASave() {
		request((session) -> {
			List<String> items = new ArrayList<>();
			session.set("items", items);
			items.add("apple");
			session.save();
			items.add("pear");
			session.increment("n");
			items.add("plum");
		});
		request((session) -> assertThat(session.get("items", STRINGS)).containsExactly("apple", "pear", "plum"));
	}

	@Test
	void anObjectThatAnotherReplacesIsLetGo() {
		request((session) -> {
			List<String> first = new ArrayList<>();
			session.set("items", first);
			session.set("items", new ArrayList<>(List.of("second")));
			first.add("first");
			List<String> third = session.update("third", List.class, (list) -> new ArrayList<>());
			assertThat(third).isEmpty();
		});
		request((session) -> assertThat(session.get("items", STRINGS)).containsExactly("second"));
	}

	@Test
	void aTakenObjectDoesNotComeBackWhenItIsChanged() {
		request((session) -> session.set("items", List.of("apple")));
		request((session) -> {
			List<String> items = Objects.requireNonNull(session.get("items", STRINGS));
			session.take("items", List.class);
			items.add("pear");
		});
		request((session) -> assertThat(session.isEmpty()).isTrue());
	}

	@Test
	void anObjectThatEncodesUnlikeItsStoredFormIsNoChange() {
		request((session) -> session.set("profile", Map.of("level", 7, "name", "alice", "since", 1999)));
		this.repository.takeCalls();
		request((session) -> session.get("profile", Account.class));
		assertThat(this.repository.takeCalls()).containsExactly("find");
		request((session) -> Objects.requireNonNull(session.get("profile", Account.class)).level++);
		request((session) -> assertThat(session.get("profile", Account.class).level).isEqualTo(8));
	}

	@Test
	void anObjectThatGrewTooBigKeepsTheOthersFromBeingLost() {
		request((session) -> {
			session.set("a", List.of("a"));
			session.set("big", List.of("b"));
			session.set("c", List.of("c"));
		});
		request((session) -> {
			List<String> a = Objects.requireNonNull(session.get("a", STRINGS));
			List<String> big = Objects.requireNonNull(session.get("big", STRINGS));
			List<String> c = Objects.requireNonNull(session.get("c", STRINGS));
			a.add("more");
			big.add("x".repeat(1 << 21));
			c.add("more");
			assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> session.increment("n"));
			big.set(1, "small");
		});
		request((session) -> {
			assertThat(session.get("a", STRINGS)).containsExactly("a", "more");
			assertThat(session.get("big", STRINGS)).containsExactly("b", "small");
			assertThat(session.get("c", STRINGS)).containsExactly("c", "more");
		});
	}

	@Test
	void anObjectThatGrewTooBigFailsTheCommitAndIsRemembered() {
		request((session) -> session.set("items", List.of("apple")));
		Exchange exchange = open();
		Objects.requireNonNull(exchange.session().get("items", STRINGS)).add("x".repeat(1 << 21));
		assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(exchange.request::commit)
			.satisfies((ex) -> assertThat(ex.getAttributeName()).isEqualTo("items"));
		assertThat(exchange.request.failure()).isInstanceOf(AttributeNotStorableException.class);
		exchange.request.commit();
		exchange.finish();
	}

	@Test
	void anInPlaceChangeUnderAReadOnlyPolicyIsAnError() {
		request((session) -> session.set("items", List.of("apple")));
		Exchange exchange = open();
		exchange.request.readOnly();
		Objects.requireNonNull(exchange.session().get("items", STRINGS)).add("pear");
		this.repository.takeCalls();
		assertThatIllegalStateException().isThrownBy(exchange.request::commit).withMessageContaining("@SessionPolicy");
		exchange.finish();
		assertThat(this.repository.takeCalls()).isEmpty();
	}

	@Test
	void aBeansChangeDoesNotUndoALaterSetOfTheSameName() {
		request((session) -> {
			Visit visit = session.as(Visit.class);
			visit.page = "bean";
			session.set("page", "set");
			assertThat(session.as(Visit.class).page).isEqualTo("set");
		});
		request((session) -> assertThat(session.get("page", String.class)).isEqualTo("set"));
	}

	@Test
	void aBeanShowsWhatWasChangedByNameBefore() {
		request((session) -> {
			assertThat(session.as(Visit.class).views).isZero();
			session.increment("views");
			session.set("other", 1);
			assertThat(session.as(Visit.class).views).isEqualTo(1);
			session.as(Visit.class).views++;
		});
		request((session) -> assertThat(session.get("views", Long.class)).isEqualTo(2));
	}

	@Test
	void aBeanStaysTheSameWhenNothingOfItChanged() {
		request((session) -> {
			Visit visit = session.as(Visit.class);
			session.set("other", 1);
			assertThat(session.as(Visit.class)).isSameAs(visit);
			visit.views = 5;
			session.save();
			assertThat(session.as(Visit.class)).isSameAs(visit);
		});
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
		SessionEngine strict = engine(this.repository, new EngineSettings(d.timeout(), null, d.maxLifetime(),
				d.touchFraction(), null, d.storeTimeout(), 10, 20, d.maxNameLength(), d.securityNames(), d.limit()));
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

	/** A bean of which an earlier form was stored. */
	public static class Account {

		public String name;

		public int level;

		public int since;

	}

}
