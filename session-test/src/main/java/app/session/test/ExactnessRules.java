package app.session.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * That nothing is lost: many threads count in one session, on two nodes, and the sum is
 * exact.
 */
interface ExactnessRules extends StoreRules {

	/** How many threads count. */
	int COUNTERS = 8;

	@Test
	default void noIncrementIsLost() throws Exception {
		int each = 2 * fixture().raceRounds();
		SessionRecord record = stored();
		List<Integer> counted = count(record.key(), each, false);
		Assertions.assertThat(counted).containsOnly(each);
		SessionRecord last = read(record.key());
		Assertions.assertThat(SessionRecords.text(last)).isEqualTo(String.valueOf(COUNTERS * each));
		Assertions.assertThat(last.version()).isEqualTo(1 + (long) COUNTERS * each);
	}

	@Test
	default void noIncrementIsLostAmongTouchesIdChangesAndLostReplies() throws Exception {
		int each = fixture().raceRounds();
		SessionRecord record = stored();
		List<Integer> counted = count(record.key(), each, true);
		Assertions.assertThat(counted).containsOnly(each);
		SessionRecord last = read(record.key());
		Assertions.assertThat(SessionRecords.text(last)).isEqualTo(String.valueOf(COUNTERS * each));
		Assertions.assertThat(last.creationTime()).isEqualTo(record.creationTime());
	}

	@Test
	default void aDeleteAmongIncrementsIsFinal() throws Exception {
		int each = Math.max(1, fixture().raceRounds() / 25);
		for (int i = 0; i < 10; i++) {
			SessionRecord record = stored();
			List<Integer> counted = count(record.key(), each, true, (number) -> number == each / 2);
			Assertions.assertThat(counted).anyMatch((number) -> number < each);
			assertAbsent(record);
		}
	}

	private List<Integer> count(SessionKey key, int each, boolean mixed) throws Exception {
		return count(key, each, mixed, (number) -> false);
	}

	private List<Integer> count(SessionKey key, int each, boolean mixed, IntPredicate deleteAt) throws Exception {
		List<Callable<Integer>> calls = new ArrayList<>();
		for (int i = 0; i < COUNTERS; i++) {
			SessionRepository node = (i % 2 == 0) ? fixture().repository() : fixture().otherNode();
			boolean deletes = i == 0;
			calls.add(() -> {
				int done = 0;
				while (done < each && increment(node, key, mixed)) {
					done++;
					if (deletes && deleteAt.test(done)) {
						node.delete(key);
					}
				}
				return done;
			});
		}
		try (Together together = new Together()) {
			return together.run(calls);
		}
	}

	/**
	 * Adds one, as often as it takes.
	 * @return {@code false} if the session is gone
	 */
	private static boolean increment(SessionRepository node, SessionKey key, boolean mixed) {
		while (true) {
			int chance = mixed ? ThreadLocalRandom.current().nextInt(8) : 0;
			if (chance == 1) {
				node.touch(key);
			}
			SessionRecord record = (chance == 2) ? node.findAndTouch(key) : node.find(key);
			if (record == null) {
				return false;
			}
			String next = String.valueOf(Integer.parseInt(SessionRecords.text(record)) + 1);
			SessionRecord update = SessionRecords.withData((chance == 3) ? changed(record) : record, next);
			boolean applied = node.update(update);
			if (applied && chance == 4) {
				// As if the first reply had been lost: true, or forgotten by now, or gone
				node.update(update);
			}
			if (applied) {
				return true;
			}
		}
	}

	private static SessionRecord changed(SessionRecord record) {
		return new SessionRecord(record.key(), record.version(), record.writers(), SessionRecords.newHash(),
				record.creationTime(), record.lastAccessedTime(), record.idleTimeout(), record.lifetime(),
				record.principal(), record.data());
	}

}
