package app.session.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import app.session.AttributeNotStorableException;
import app.session.Session;
import app.session.SessionEvent.ChangesDropped;
import app.session.SessionEvent.ConflictMerged;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Objects that a handler changes in place.
 */
class InPlaceChangeTests extends EngineFixture {

	private static final ParameterizedTypeReference<List<String>> STRINGS = new ParameterizedTypeReference<>() {
	};

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
	void whoIsLoggedInIsSavedOnlyWhenItIsSet() {
		String name = "SPRING_SECURITY_CONTEXT";
		request((session) -> session.set(name, List.of("alice")));
		request((session) -> Objects.requireNonNull(session.get(name, STRINGS)).set(0, "bob"));
		request((session) -> assertThat(session.get(name, STRINGS)).containsExactly("alice"));
		request((session) -> {
			List<String> context = Objects.requireNonNull(session.get(name, STRINGS));
			context.set(0, "bob");
			session.set(name, context);
		});
		request((session) -> assertThat(session.get(name, STRINGS)).containsExactly("bob"));
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
		request((session) -> session.set("profile", Map.of("level", 7, "name", "alice")));
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
	void anObjectChangedBackAfterASaveIsSavedAsItIsInTheEnd() {
		request((session) -> session.set("profile", Map.of("level", 7, "name", "alice")));
		request((session) -> {
			Account account = Objects.requireNonNull(session.get("profile", Account.class));
			account.level = 8;
			session.save();
			assertThat(session.get("profile", Account.class)).isSameAs(account);
			account.level = 7;
		});
		request((session) -> assertThat(Objects.requireNonNull(session.get("profile", Account.class)).level)
			.isEqualTo(7));
	}

	@Test
	void anObjectThatNothingReplacesIsStillWatched() {
		request((session) -> session.set("items", List.of("apple")));
		request((session) -> {
			List<String> items = Objects.requireNonNull(session.get("items", STRINGS));
			assertThat((Object) session.get("items", List.class)).isSameAs(items);
			assertThat(session.putIfAbsent("items", List.of())).isFalse();
			items.add("pear");
		});
		request((session) -> assertThat(session.get("items", STRINGS)).containsExactly("apple", "pear"));
	}

	@Test
	void aBeansRemovalDoesNotUndoALaterSet() {
		request((session) -> session.set("page", "home"));
		request((session) -> {
			session.as(Visit.class).page = null;
			session.save();
			session.set("page", "again");
		});
		request((session) -> {
			assertThat(session.get("page", String.class)).isEqualTo("again");
			session.as(Visit.class).page = "bean";
			session.remove("page");
		});
		request((session) -> assertThat(session.names()).doesNotContain("page"));
	}

	@Test
	void whatIsInsideARecordIsWatchedToo() {
		request((session) -> session.replace(new Basket(List.of("apple"))));
		request((session) -> session.as(Basket.class).items().add("pear"));
		request((session) -> assertThat(session.as(Basket.class).items()).containsExactly("apple", "pear"));
	}

	@Test
	void aDiscardLetsGoOfObjectsChangedInPlace() {
		request((session) -> session.set("items", List.of("apple")));
		Exchange exchange = open();
		Objects.requireNonNull(exchange.session().get("items", STRINGS)).add("pear");
		exchange.request.discardChanges();
		exchange.finish();
		request((session) -> assertThat(session.get("items", STRINGS)).containsExactly("apple"));
	}

	/** A record that holds something that can be changed. */
	public record Basket(List<String> items) {
	}

	@Test
	void anObjectOfARemovedAttributeOrAnEndedSessionIsLetGo() {
		for (Consumer<Session> end : List.<Consumer<Session>>of((session) -> session.remove("items"), Session::clear,
				Session::invalidate, Session::reset)) {
			request((session) -> session.set("items", List.of("apple")));
			request((session) -> {
				List<String> items = Objects.requireNonNull(session.get("items", STRINGS));
				end.accept(session);
				items.add("pear");
			});
			request((session) -> assertThat(session.isEmpty()).isTrue());
		}
	}

	@Test
	void theRequestsOwnWritesAreNoConflict() {
		request((session) -> session.set("items", List.of("apple")));
		request((session) -> {
			Visit visit = session.as(Visit.class);
			List<String> items = Objects.requireNonNull(session.get("items", STRINGS));
			session.set("page", "set");
			session.increment("views");
			visit.page = "bean";
			visit.views = 9;
			items.add("pear");
		});
		assertThat(events(ConflictMerged.class)).isEmpty();
		request((session) -> {
			assertThat(session.get("page", String.class)).isEqualTo("bean");
			assertThat(session.get("views", Long.class)).isEqualTo(9);
		});
	}

	/** A bean of public fields. */
	public static class Visit {

		public long views;

		public String page;

	}

	/** A bean of which an earlier form was stored. */
	public static class Account {

		public String name;

		public int level;

		public int since;

	}

}
