package app.session.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import app.session.Session;
import app.session.SessionEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many requests of one session at the same time, on two nodes.
 */
class RaceTests extends Races {

	private final SessionEngine otherNode = engine(this.repository, EngineSettings.DEFAULTS);

	private interface NodeTask {

		void run(int thread, SessionEngine node) throws Exception;

	}

	private void race(NodeTask task) throws Exception {
		race((thread) -> task.run(thread, (thread % 2 == 0) ? this.engine : this.otherNode));
	}

	@Test
	void everyIncrementCountsAndEveryNumberIsGivenOnce() throws Exception {
		request((session) -> session.set("views", 0));
		Set<Long> given = new ConcurrentSkipListSet<>();
		race((thread, node) -> {
			for (int i = 0; i < 500; i++) {
				request(node, this.browser.copy(), (session) -> given.add(session.increment("views")));
			}
		});
		assertThat(given).isEqualTo(new TreeSet<>(LongStream.rangeClosed(1, 4000).boxed().toList()));
	}

	@Test
	void changesOfDifferentNamesAllSurvive() throws Exception {
		request((session) -> session.set("start", true));
		race((thread, node) -> {
			for (int i = 0; i < 20; i++) {
				String name = thread + "-" + i;
				request(node, this.browser.copy(), (session) -> session.set(name, 1));
			}
		});
		request((session) -> assertThat(session.names()).hasSize(THREADS * 20 + 1));
	}

	@Test
	void exactlyOneRequestTakesAValueAndOnePutsIt() throws Exception {
		for (int round = 0; round < 200; round++) {
			request((session) -> session.set("token", "t"));
			AtomicInteger taken = new AtomicInteger();
			AtomicInteger put = new AtomicInteger();
			int winner = round;
			race((thread, node) -> request(node, this.browser.copy(), (session) -> {
				if (session.take("token", String.class) != null) {
					taken.incrementAndGet();
				}
				if (session.putIfAbsent("winner" + winner % 100, thread)) {
					put.incrementAndGet();
				}
			}));
			assertThat(taken).hasValue(1);
			assertThat(put).hasValue((round < 100) ? 1 : 0);
		}
	}

	@Test
	void aLogoutIsFinalWhateverIsInFlight() throws Exception {
		for (int round = 0; round < 300; round++) {
			Browser visitor = new Browser();
			request(this.engine, visitor, (session) -> session.set("views", 0));
			List<Exchange> inFlight = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				inFlight.add(open((i % 2 == 0) ? this.engine : this.otherNode, visitor.copy()));
			}
			// To be in flight on the node of the logout is enough; elsewhere a request
			// must
			// have read its session before, and so must the logout, lest the id change
			// retires its id.
			for (int i : new int[] { 0, 1, 3, 5, 7 }) {
				inFlight.get(i).session().get("views", Long.class);
			}
			race((thread, node) -> {
				Session session = inFlight.get(thread).session();
				switch (thread) {
					case 0 -> session.invalidate();
					case 1 -> session.changeId();
					case 2 -> session.increment("views");
					default -> session.set("a" + thread, thread);
				}
				inFlight.get(thread).finish();
			});
			assertThat(this.repository.records).as("round %d", round).isEmpty();
			assertThat(this.engine.sharedSessions().size()).isZero();
		}
	}

	@Test
	void whoComesAfterTheLogoutBeginsAnew() {
		request((session) -> session.set("views", 0));
		Browser stubborn = this.browser.copy();
		Exchange inFlight = open();
		request(this.engine, this.browser.copy(), Session::invalidate);
		request(this.engine, stubborn, (session) -> assertThat(session.increment("views")).isEqualTo(1));
		request(this.engine, stubborn, (session) -> assertThat(session.increment("views")).isEqualTo(2));
		assertThat(inFlight.session().increment("views")).isEqualTo(1);
		inFlight.finish();
		assertThat(inFlight.sent).isNull();
		assertThat(this.repository.records).hasSize(1);
	}

	@Test
	void ofManyIdChangesExactlyOneIdIsAlive() throws Exception {
		for (int round = 0; round < 300; round++) {
			Browser visitor = new Browser();
			request(this.engine, visitor, (session) -> session.set("views", 0));
			List<Browser> holders = new ArrayList<>(List.of(visitor.copy()));
			AtomicInteger counted = new AtomicInteger();
			race((thread, node) -> {
				Browser copy = visitor.copy();
				Exchange exchange = open(node, copy);
				if (thread < 4) {
					exchange.session().changeId();
				}
				else if (exchange.session().get("views", Long.class) != null
						&& exchange.session().increment("views") > 0) {
					counted.incrementAndGet();
				}
				exchange.finish();
				if (exchange.sent != null) {
					synchronized (holders) {
						holders.add(copy);
					}
				}
			});
			List<Browser> alive = holders.stream()
				.filter((holder) -> open(this.engine, holder).request.exists())
				.toList();
			assertThat(alive).hasSize(1);
			assertThat(open(this.engine, alive.get(0)).session().get("views", Integer.class)).isEqualTo(counted.get());
		}
	}

	@Test
	void serializedRequestsThatReadAndSetCountExactly() throws Exception {
		request((session) -> session.set("n", 0));
		Browser[] visitor = { this.browser.copy() };
		race((thread) -> {
			for (int i = 0; i < 100; i++) {
				Exchange exchange = open(this.engine, visitor[0].copy());
				exchange.request.serialize(Duration.ofSeconds(30));
				int n = exchange.session().get("n", Integer.class, -1);
				exchange.session().set("n", n + 1);
				exchange.finish();
			}
		});
		request((session) -> assertThat(session.get("n", Integer.class)).isEqualTo(800));
		assertThat(events(SessionEvent.ConflictMerged.class)).isEmpty();
		assertThat(this.engine.sharedSessions().size()).isZero();
	}

	@Test
	void theThreadsOfOneRequestShareItsSession() throws Exception {
		request((session) -> session.set("n", 0));
		for (int round = 0; round < 20; round++) {
			Exchange exchange = open();
			Set<Long> given = new ConcurrentSkipListSet<>();
			race((thread) -> {
				exchange.session().set("thread" + thread, thread);
				for (int i = 0; i < 20; i++) {
					given.add(exchange.session().increment("n"));
				}
				exchange.request.commit();
			});
			exchange.finish();
			long last = (round + 1) * 160L;
			assertThat(given).isEqualTo(new TreeSet<>(LongStream.rangeClosed(last - 159, last).boxed().toList()));
			request((session) -> assertThat(session.names()).hasSize(THREADS + 1));
		}
	}

}
