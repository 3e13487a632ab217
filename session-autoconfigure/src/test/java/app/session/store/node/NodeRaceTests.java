package app.session.store.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import app.session.Session;
import app.session.core.TokenFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many of our requests for one session of Node at the same time. Each has records of its
 * own, so all are as if on nodes of their own.
 */
class NodeRaceTests extends NodeFixture {

	private static final int THREADS = 8;

	private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);

	@AfterEach
	void shutDown() {
		this.executor.shutdownNow();
	}

	/** Whose sessions they are. */
	enum Peer {

		KOA, EXPRESS

	}

	private TokenFormat format(Peer peer) {
		return (peer == Peer.KOA) ? this.koa : this.express;
	}

	private interface Task {

		void run(int thread) throws Exception;

	}

	private void race(Task task) throws Exception {
		CyclicBarrier start = new CyclicBarrier(THREADS);
		List<Callable<Void>> tasks = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			int thread = i;
			tasks.add(() -> {
				start.await(10, TimeUnit.SECONDS);
				task.run(thread);
				return null;
			});
		}
		for (Future<Void> future : this.executor.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
			future.get();
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyIncrementCountsAndEveryNumberIsGivenOnce(Peer peer) throws Exception {
		Visitor visitor = new Visitor();
		request(format(peer), visitor, (session) -> session.set("views", 0));
		Set<Long> given = new ConcurrentSkipListSet<>();
		race((thread) -> {
			for (int i = 0; i < 50; i++) {
				request(format(peer), visitor.copy(), (session) -> given.add(session.increment("views")));
			}
		});
		assertThat(given).isEqualTo(new TreeSet<>(LongStream.rangeClosed(1, 400).boxed().toList()));
		assertThat(only().path("views").asInt()).isEqualTo(400);
	}

	@ParameterizedTest
	@EnumSource
	void changesOfDifferentNamesAllSurvive(Peer peer) throws Exception {
		for (int round = 0; round < 50; round++) {
			Visitor visitor = new Visitor();
			request(format(peer), visitor, (session) -> session.set("start", true));
			race((thread) -> request(format(peer), visitor.copy(), (session) -> session.set("a" + thread, thread)));
			request(format(peer), visitor, (session) -> {
				assertThat(session.names()).hasSize(THREADS + 1);
				session.invalidate();
			});
		}
	}

	@ParameterizedTest
	@EnumSource
	void aLogoutIsFinalWhateverOfOursIsInFlight(Peer peer) throws Exception {
		for (int round = 0; round < 200; round++) {
			Visitor visitor = new Visitor();
			request(format(peer), visitor, (session) -> session.set("views", 0));
			List<Exchange> inFlight = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				Exchange exchange = new Exchange(format(peer), visitor.copy());
				exchange.session().get("views", Long.class);
				inFlight.add(exchange);
			}
			race((thread) -> {
				Session session = inFlight.get(thread).session();
				if (thread == 0) {
					session.invalidate();
				}
				else if (thread == 1) {
					session.increment("views");
				}
				else {
					session.set("a" + thread, thread);
				}
				inFlight.get(thread).finish();
			});
			assertThat(this.texts.keys()).as("round %d", round).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void ofManyIdChangesExactlyOneIdIsAliveAndNoCountIsLost(Peer peer) throws Exception {
		for (int round = 0; round < 100; round++) {
			Visitor visitor = new Visitor();
			request(format(peer), visitor, (session) -> session.set("views", 0));
			String before = this.texts.keys().get(0);
			List<Visitor> holders = new ArrayList<>();
			Set<Long> given = new ConcurrentSkipListSet<>();
			race((thread) -> {
				Exchange exchange = new Exchange(format(peer), visitor.copy());
				boolean known = exchange.session().get("views", Long.class) != null;
				if (known && thread < 4) {
					exchange.session().changeId();
				}
				else if (known) {
					long number = exchange.session().increment("views");
					if (exchange.request.exists() && exchange.sent == null) {
						given.add(number);
					}
				}
				exchange.finish();
				if (exchange.sent != null && known && thread < 4) {
					synchronized (holders) {
						holders.add(new Visitor(exchange.sent));
					}
				}
			});
			List<Visitor> alive = holders.stream()
				.filter((holder) -> new Exchange(format(peer), holder).request.exists())
				.toList();
			assertThat(alive).as("round %d", round).hasSize(1);
			assertThat(this.texts.keys()).doesNotContain(before);
			request(format(peer), alive.get(0), (session) -> {
				assertThat(session.get("views", Integer.class)).isEqualTo(given.size());
				session.invalidate();
			});
			this.texts.keys().forEach(this.texts::remove);
		}
	}

}
