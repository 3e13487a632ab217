package app.session.store.migrate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.store.SessionSource;
import app.session.store.memory.MemorySessionRepository;
import app.session.test.MutableClock;
import app.session.test.SessionRecords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What holds while a session is moved, in every order of the calls of those who move, end
 * and read it, and wherever one of them dies.
 */
class MigrationOrderTests {

	@Test
	void aLogoutIsFinalWhereverAMoverDies() {
		int orders = Schedule.explore(1, () -> new World().with("write", World::write).with("logout", World::logout));
		assertThat(orders).isGreaterThan(50);
	}

	@Test
	void aLogoutIsFinalWhoeverMovesTheSession() {
		Schedule.sample(1500, 0,
				() -> new World().with("write a", World::lateWrite)
					.with("write b", World::lateWrite)
					.with("logout", World::logout));
	}

	@Test
	void twoLogoutsEndASessionOnce() {
		Schedule.sample(1500, 0,
				() -> new World().with("write", World::lateWrite)
					.with("logout a", World::logout)
					.with("logout b", World::logout));
	}

	@Test
	void aLogoutIsFinalWhereverAReaderDiesWhoMovesTheSession() {
		Schedule.explore(1, () -> new World(OtherForm::new).with("read", World::read).with("logout", World::logout));
	}

	@Test
	void aLogoutIsFinalWhenASessionIsMovedByItsFirstUse() {
		Schedule.sample(1500, 0,
				() -> new World(OtherForm::new).with("read", World::read)
					.with("write", World::lateWrite)
					.with("logout", World::logout));
	}

	@Test
	void nothingIsLostWhereverAMoverDies() {
		Schedule.explore(1, () -> new World().with("write a", World::write).with("write b", World::write));
	}

	@Test
	void aSessionIsFoundAtEachMomentOfItsMove() {
		Schedule.sample(1500, 1,
				() -> new World().with("write", World::write).with("read", World::read).with("find", World::find));
	}

	@Test
	void aRevocationEndsASessionThatIsBeingMoved() {
		Schedule.explore(1, () -> new World().loggedIn().with("write", World::lateWrite).with("revoke", World::revoke));
	}

	@Test
	void aSessionThatWasMovedByHalfDoesNotComeBackAsItWas() {
		Schedule.explore(1,
				() -> new World().with("write", World::shorten)
					.with("write again", World::shorten)
					.ending((world) -> world.clock.advance(Duration.ofMinutes(20))));
	}

	/** The exploration finds what it is there for. */
	@Test
	void toInsertAndThenDeleteWouldBringASessionBack() {
		assertThatThrownBy(() -> Schedule.explore(1,
				() -> new World(SessionSource::of, (to, from, ids) -> new NaiveStore(to, from))
					.with("write", World::write)
					.with("logout", World::logout)))
			.hasMessageContaining("alive after its logout");
	}

	/** A store as one actor has it. */
	private record Client(SessionRepository store, CountedIds ids) {
	}

	/** Makes the store of one actor. */
	private interface StoreFactory {

		SessionRepository create(SessionRepository target, SessionSource source, CountedIds ids);

	}

	/** Two stores, one session in the source, and those who use it. */
	private static final class World implements Schedule.Scenario {

		private final MutableClock clock = new MutableClock();

		private final MemorySessionRepository target = store();

		private final MemorySessionRepository source = store();

		private final Map<String, Schedule.Task> actors = new LinkedHashMap<>();

		private final Function<SessionRepository, SessionSource> form;

		private final StoreFactory factory;

		private SessionRecord record = SessionRecords.records().data("0").build();

		private @Nullable SessionRecord first;

		private long highest;

		private Function<World, ?> last = (world) -> null;

		World() {
			this(SessionSource::of);
		}

		World(Function<SessionRepository, SessionSource> form) {
			this(form, null);
		}

		World(Function<SessionRepository, SessionSource> form, @Nullable StoreFactory factory) {
			this.form = form;
			this.factory = (factory != null) ? factory : (to, from, ids) -> MigratingStore.of(to, from,
					new MigrationSettings(Duration.ofSeconds(2), this.clock, ids));
			this.source.create(this.record);
		}

		private MemorySessionRepository store() {
			return new MemorySessionRepository(100, this.clock, (event) -> {
			});
		}

		World loggedIn() {
			this.source.delete(this.record.key());
			this.record = SessionRecords.records().principal("alice").data("0").build();
			this.source.create(this.record);
			this.source.admit("alice", this.record.key(), 0, SessionLimit.NONE);
			return this;
		}

		World ending(Consumer<World> what) {
			this.last = (world) -> {
				what.accept(world);
				return null;
			};
			return this;
		}

		World with(String name, BiFunction<World, Client, @Nullable Object> task) {
			CountedIds ids = new CountedIds(this.actors.size() + 1);
			this.first = probe();
			this.actors.put(name, (actor) -> task.apply(this, client(actor, ids)));
			return this;
		}

		private Client client(Actor actor, CountedIds ids) {
			return new Client(this.factory.create(new SteppedStore(this.target, actor),
					this.form.apply(new SteppedStore(this.source, actor)), ids), ids);
		}

		private SessionKey key() {
			return this.record.key();
		}

		/** As the engine writes: again on the newer record, until it is written. */
		private @Nullable Object change(Client client, @Nullable SessionRecord read,
				Function<SessionRecord, SessionRecord> change) {
			SessionRecord found = read;
			while (found != null) {
				SessionRecord next = change.apply(found);
				if (client.store().update(next)) {
					return next.writer();
				}
				found = client.store().find(key());
			}
			return null;
		}

		/** Counts. */
		@Nullable Object write(Client client) {
			return write(client, client.store().find(key()));
		}

		/** Counts, having read the session before all the others. */
		@Nullable Object lateWrite(Client client) {
			return write(client, this.first);
		}

		private @Nullable Object write(Client client, @Nullable SessionRecord read) {
			return change(client, read, (found) -> {
				byte[] data = String.valueOf(Integer.parseInt(SessionRecords.text(found)) + 1)
					.getBytes(StandardCharsets.US_ASCII);
				return found.next(client.ids().newTag(), found.secretHash(), found.idleTimeout(), found.principal(),
						data);
			});
		}

		@Nullable Object shorten(Client client) {
			return change(client, client.store().find(key()), (found) -> found.next(client.ids().newTag(),
					found.secretHash(), Duration.ofMinutes(10), found.principal(), found.data()));
		}

		Object logout(Client client) {
			return client.store().delete(key());
		}

		@Nullable Object read(Client client) {
			return client.store().findAndTouch(key());
		}

		@Nullable Object find(Client client) {
			return client.store().find(key());
		}

		Object revoke(Client client) {
			MigratingStore migrating = (MigratingStore) client.store();
			List<SessionKey> condemned = migrating.revoke("alice", null);
			condemned.forEach(migrating::delete);
			migrating.strikeOff("alice", condemned);
			return true;
		}

		private @Nullable SessionRecord probe() {
			return this.factory.create(this.target, this.form.apply(this.source), new CountedIds(0)).find(key());
		}

		@Override
		public String state() {
			return this.highest + Words.of(this.target.find(key())) + Words.of(this.source.find(key()))
					+ this.target.epoch("alice") + this.target.members("alice") + this.source.members("alice");
		}

		@Override
		public Map<String, Schedule.Task> actors() {
			return this.actors;
		}

		@Override
		public void afterEachStep(Map<String, Actor> actors) {
			SessionRecord found = probe();
			boolean ended = actors.entrySet()
				.stream()
				.anyMatch((actor) -> actor.getKey().matches("(logout|revoke).*") && actor.getValue().answer() != null);
			if (ended) {
				assertThat(found).as("the session, alive after its logout").isNull();
			}
			boolean endless = actors.keySet().stream().noneMatch((name) -> name.matches("(logout|revoke).*"));
			if (endless) {
				assertThat(found).as("the session, which nobody has ended").isNotNull();
				actors.forEach((name, actor) -> {
					if (name.matches("(write|read|find).*") && actor.isFinished()) {
						assertThat(actor.answer() != null || actor.died()).as("%s found the session", name).isTrue();
					}
				});
			}
			if (found != null) {
				assertThat(found.version()).as("the version").isGreaterThanOrEqualTo(this.highest);
				this.highest = found.version();
			}
		}

		@Override
		public void atTheEnd(Map<String, Actor> actors) {
			long logouts = actors.keySet().stream().filter((name) -> name.startsWith("logout")).count();
			long trues = actors.values().stream().filter((actor) -> Boolean.TRUE.equals(actor.answer())).count();
			if (logouts > 0) {
				boolean died = actors.values().stream().anyMatch(Actor::died);
				assertThat(trues).as("logouts that have ended the session").isBetween(died ? 0L : 1L, 1L);
			}
			SessionRecord found = probe();
			if (found != null) {
				long acknowledged = actors.entrySet()
					.stream()
					.filter((actor) -> actor.getKey().startsWith("write") && actor.getValue().answer() != null)
					.count();
				long died = actors.values().stream().filter(Actor::died).count();
				assertThat(found.version() - 1).as("writes").isBetween(acknowledged, acknowledged + died);
				if (!SessionRecords.text(found).equals("0")) {
					assertThat(SessionRecords.text(found)).isEqualTo(String.valueOf(found.version() - 1));
				}
			}
			this.last.apply(this);
			SessionRecord later = probe();
			if (later != null) {
				assertThat(later.version()).as("the version later").isGreaterThanOrEqualTo(this.highest);
			}
		}

		@Override
		public void close() {
			this.target.close();
			this.source.close();
		}

	}

	/** What one would write first. */
	private record NaiveStore(SessionRepository target, SessionSource source) implements SessionRepository {

		@Override
		public @Nullable SessionRecord find(SessionKey key) {
			SessionRecord moved = this.target.find(key);
			return (moved != null) ? moved : this.source.find(key);
		}

		@Override
		public boolean create(SessionRecord record) {
			return this.target.create(record);
		}

		@Override
		public boolean update(SessionRecord record) {
			SessionRecord left = this.source.find(record.key());
			if (left != null && this.target.create(record)) {
				this.source.delete(record.key());
				return true;
			}
			return this.target.update(record);
		}

		@Override
		public boolean touch(SessionKey key) {
			return this.target.touch(key);
		}

		@Override
		public boolean delete(SessionKey key) {
			boolean left = this.source.delete(key);
			return this.target.delete(key) || left;
		}

	}

}
