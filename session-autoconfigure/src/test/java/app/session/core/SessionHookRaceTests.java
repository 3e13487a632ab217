package app.session.core;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import app.session.ClientRequest;
import app.session.Session;
import app.session.SessionHook;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hooks are asked once, however often a write has to be made again, and take nothing from
 * what is exact.
 */
class SessionHookRaceTests extends Races {

	private static final int ROUNDS = 100;

	private final Counting hook = new Counting();

	private final SessionEngine node = engine(this.repository, EngineSettings.DEFAULTS, List.of(this.hook));

	private final SessionEngine otherNode = engine(this.repository, EngineSettings.DEFAULTS, List.of(this.hook));

	@Test
	void everyNumberIsGivenOnceAndEveryWriteHasWhatItsHookAdded() throws Exception {
		request(this.node, this.browser, (session) -> session.set("views", 0L));
		this.hook.asked.set(0);
		this.hook.saves.set(0);
		Set<Long> given = new ConcurrentSkipListSet<>();
		race((thread) -> {
			SessionEngine node = (thread % 2 == 0) ? this.node : this.otherNode;
			for (int i = 0; i < ROUNDS; i++) {
				Browser visitor = this.browser.copy();
				visitor.device = thread + "-" + i % 10;
				request(node, visitor, (session) -> given.add(session.increment("views")));
			}
		});
		assertThat(given).isEqualTo(new TreeSet<>(LongStream.rangeClosed(1, THREADS * ROUNDS).boxed().toList()));
		assertThat(this.hook.asked).hasValue(THREADS * ROUNDS);
		assertThat(this.hook.saves).hasValue(THREADS * ROUNDS);
		// The first write's, and ten of each thread.
		request((session) -> assertThat(session.names()).hasSize(1 + 1 + THREADS * 10));
	}

	/** Adds an attribute for each device. */
	private static final class Counting implements SessionHook {

		private final AtomicInteger asked = new AtomicInteger();

		private final AtomicInteger saves = new AtomicInteger();

		@Override
		public boolean isValid(Session session, ClientRequest request) {
			this.asked.incrementAndGet();
			return session.get("views", Long.class) != null;
		}

		@Override
		public void beforeSave(Session session, ClientRequest request) {
			this.saves.incrementAndGet();
			session.set("by " + request.getCookie("device"), true);
		}

	}

}
