package app.session.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * What holds for calls at the same moment, in the same and in another node.
 */
interface RaceRules extends StoreRules {

	/** How many calls meet. */
	int RACERS = 8;

	@Test
	default void ofManyCreatesOfOneKeyOneSucceeds() throws Exception {
		race(() -> {
			SessionKey key = SessionRecords.newKey();
			List<SessionRecord> records = Stream
				.generate(() -> SessionRecords.records().data(SessionRecords.newKey().handle()).build(key))
				.limit(RACERS)
				.toList();
			return new Round(key, calls((node, i) -> node.create(records.get(i))), (answers) -> {
				Assertions.assertThat(answers).containsOnlyOnce(true);
				assertSame(read(key), records.get(answers.indexOf(true)));
			});
		});
	}

	@Test
	default void ofManyDeletesOneAnswersTrue() throws Exception {
		race(() -> {
			SessionRecord record = stored();
			return new Round(record.key(), calls((node, i) -> node.delete(record.key())), (answers) -> {
				Assertions.assertThat(answers).containsOnlyOnce(true);
				assertAbsent(record);
			});
		});
	}

	@Test
	default void ofManyIdChangesOneWins() throws Exception {
		race(() -> {
			SessionRecord record = stored();
			List<SessionRecord> changes = Stream
				.generate(() -> SessionRecords.withSecret(record, SessionRecords.newHash()))
				.limit(RACERS)
				.toList();
			return new Round(record.key(), calls((node, i) -> node.update(changes.get(i))), (answers) -> {
				Assertions.assertThat(answers).containsOnlyOnce(true);
				assertSame(read(record.key()), changes.get(answers.indexOf(true)));
			});
		});
	}

	@Test
	default void theSameUpdateAtOnceIsAppliedOnce() throws Exception {
		race(() -> {
			SessionRecord next = SessionRecords.withData(stored(), "1");
			return new Round(next.key(), calls((node, i) -> node.update(next)), (answers) -> {
				Assertions.assertThat(answers).containsOnly(true);
				assertSame(read(next.key()), next);
			});
		});
	}

	@Test
	default void nothingInFlightSurvivesADelete() throws Exception {
		race(() -> {
			SessionRecord record = stored();
			SessionKey key = record.key();
			return new Round(key, calls((node, i) -> switch (i) {
				case 0 -> node.delete(key);
				case 1, 2 -> node.touch(key);
				case 3 -> node.findAndTouch(key) != null;
				case 4 -> node.update(SessionRecords.withSecret(record, SessionRecords.newHash()));
				default -> node.update(SessionRecords.withData(record, "late"));
			}), (answers) -> {
				Assertions.assertThat(answers.get(0)).as("delete").isTrue();
				Assertions.assertThat(Collections.frequency(answers.subList(4, RACERS), true))
					.as("updates of one version that were applied")
					.isLessThanOrEqualTo(1);
				assertAbsent(record);
			});
		});
	}

	@Test
	default void aTouchNeitherStopsAnUpdateNorUndoesIt() throws Exception {
		race(() -> {
			SessionRecord record = stored();
			SessionRecord next = SessionRecords.withData(record, "1");
			return new Round(record.key(), calls((node, i) -> switch (i) {
				case 0 -> node.update(next);
				case 1 -> node.findAndTouch(record.key()) != null;
				default -> node.touch(record.key());
			}), (answers) -> {
				Assertions.assertThat(answers).containsOnly(true);
				assertSame(read(record.key()), next);
			});
		});
	}

	/**
	 * One call for each racer, every other on another node.
	 * @param call what racer number so and so does
	 * @return the calls
	 */
	private List<Callable<Boolean>> calls(Racer call) {
		List<Callable<Boolean>> calls = new ArrayList<>(RACERS);
		for (int i = 0; i < RACERS; i++) {
			int number = i;
			SessionRepository node = (i % 2 == 0) ? fixture().repository() : fixture().otherNode();
			calls.add(() -> call.run(node, number));
		}
		return calls;
	}

	/**
	 * Runs rounds.
	 * @param preparation prepares one
	 */
	private void race(Supplier<Round> preparation) throws Exception {
		try (Together together = new Together()) {
			for (int i = 0; i < fixture().raceRounds(); i++) {
				Round round = preparation.get();
				round.check().accept(together.run(round.calls()));
				fixture().repository().delete(round.key());
			}
		}
	}

	/** What a racer does. */
	@FunctionalInterface
	interface Racer {

		/**
		 * Does it.
		 * @param node the repository to do it on
		 * @param number the number of the racer
		 * @return the repository's answer
		 */
		boolean run(SessionRepository node, int number);

	}

	/**
	 * One round of a race.
	 *
	 * @param key the session it is about
	 * @param calls the calls that meet
	 * @param check what must hold of their answers
	 */
	record Round(SessionKey key, List<Callable<Boolean>> calls, Consumer<List<Boolean>> check) {
	}

}
