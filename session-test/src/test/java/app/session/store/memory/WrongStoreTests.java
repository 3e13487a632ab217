package app.session.store.memory;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.test.SessionRecords;
import app.session.test.SessionRepositoryContract;
import app.session.test.StoreFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract itself is tested: a store that breaks one rule fails it, and by the tests
 * of that rule. Only tests that fail each time are named, none that a race may let pass.
 */
class WrongStoreTests {

	@Test
	void aStoreThatKeepsTheContractPasses() {
		assertThat(failuresOf(RightStore.class)).isEmpty();
	}

	@Test
	void anUpsertIsFound() {
		assertThat(failuresOf(UpsertingStore.class)).contains("updateNeverInserts", "deleteIsFinal",
				"anExpiredSessionIsAbsentForEveryOperation", "anUpdateAfterADeleteIsRefusedEvenIfItWasAppliedBefore");
	}

	@Test
	void aDeleteThatAnswersTrueTwiceIsFound() {
		assertThat(failuresOf(TwiceDeletingStore.class)).contains("deleteAnswersTrueOnce",
				"ofManyDeletesOneAnswersTrue", "aKeyThatWasNeverCreatedIsAbsent");
	}

	@Test
	void aTouchThatShortensIsFound() {
		assertThat(failuresOf(ShorteningStore.class)).contains("touchMovesTheExpiry",
				"touchNeverMovesTheLastAccessBack", "touchChangesNothingButTheLastAccess",
				"findAndTouchAnswersTheRecordAsItWasBefore");
	}

	@Test
	void aTouchThatInsertsIsFound() {
		assertThat(failuresOf(RevivingStore.class)).contains("touchNeverInserts", "deleteIsFinal",
				"anExpiredSessionIsAbsentForEveryOperation");
	}

	@Test
	void forgottenWritersAreFound() {
		assertThat(failuresOf(ForgetfulStore.class)).contains("anUpdateIsKnownAfterThreeLaterWriters",
				"theLastFourWritersAreKept");
	}

	@Test
	void aLastWriterThatAlwaysWinsIsFound() {
		assertThat(failuresOf(OverwritingStore.class)).contains("ofTwoUpdatesOfOneVersionTheSecondIsRefused",
				"anUpdateFromAVersionThatIsNotYetIsRefused", "ofManyIdChangesOneWins", "anIdChangeIsAnUpdate");
	}

	@Test
	void aCreateThatReplacesIsFound() {
		assertThat(failuresOf(ReplacingStore.class)).contains("createNeverReplaces");
	}

	@Test
	void aLostUpdateIsFound() {
		assertThat(failuresOf(LosingStore.class)).contains("noIncrementIsLost",
				"noIncrementIsLostAmongTouchesIdChangesAndLostReplies");
	}

	private static Set<String> failuresOf(Class<?> contract) {
		Set<String> failed = ConcurrentHashMap.newKeySet();
		EngineTestKit.engine("junit-jupiter")
			.selectors(DiscoverySelectors.selectClass(contract))
			.execute()
			.testEvents()
			.failed()
			.stream()
			.map((event) -> event.getTestDescriptor().getDisplayName().replace("()", ""))
			.forEach(failed::add);
		return failed;
	}

	/** The memory store, wrapped so that it breaks a rule. */
	abstract static class WrappedStore extends SessionRepositoryContract {

		private final UnaryOperator<SessionRepository> wrapper;

		WrappedStore(UnaryOperator<SessionRepository> wrapper) {
			this.wrapper = wrapper;
		}

		@Override
		protected StoreFixture createFixture() {
			return new MemoryFixture(this.wrapper) {

				@Override
				public int raceRounds() {
					return 100;
				}

			};
		}

	}

	static final class RightStore extends WrappedStore {

		RightStore() {
			super(Wrapper::new);
		}

	}

	static final class UpsertingStore extends WrappedStore {

		UpsertingStore() {
			super((store) -> new Wrapper(store) {

				@Override
				public boolean update(SessionRecord record) {
					return super.update(record) || (super.find(record.key()) == null && super.create(record));
				}

			});
		}

	}

	static final class TwiceDeletingStore extends WrappedStore {

		TwiceDeletingStore() {
			super((store) -> new Wrapper(store) {

				@Override
				public boolean delete(SessionKey key) {
					super.delete(key);
					return true;
				}

			});
		}

	}

	static final class ShorteningStore extends WrappedStore {

		ShorteningStore() {
			super((store) -> new Wrapper(store) {

				@Override
				public boolean touch(SessionKey key) {
					SessionRecord record = find(key);
					return record != null
							&& update(SessionRecords.withIdleTimeout(record, record.idleTimeout().dividedBy(2)));
				}

			});
		}

	}

	static final class RevivingStore extends WrappedStore {

		RevivingStore() {
			super((store) -> new Wrapper(store) {

				@Override
				public boolean touch(SessionKey key) {
					return super.touch(key) || create(SessionRecords.records().data("0").build(key));
				}

			});
		}

	}

	static final class ForgetfulStore extends WrappedStore {

		ForgetfulStore() {
			super((store) -> new Wrapper(store) {

				@Override
				public boolean update(SessionRecord record) {
					return super.update(new SessionRecord(record.key(), record.version(), List.of(record.writer()),
							record.secretHash(), record.creationTime(), record.lastAccessedTime(), record.idleTimeout(),
							record.lifetime(), record.principal(), record.data()));
				}

			});
		}

	}

	static final class OverwritingStore extends WrappedStore {

		OverwritingStore() {
			super((store) -> new Wrapper(store) {

				@Override
				public boolean update(SessionRecord record) {
					SessionRecord stored = find(record.key());
					return stored != null && super.update(new SessionRecord(record.key(), stored.version() + 1,
							record.writers(), record.secretHash(), record.creationTime(), record.lastAccessedTime(),
							record.idleTimeout(), record.lifetime(), record.principal(), record.data()));
				}

			});
		}

	}

	static final class LosingStore extends WrappedStore {

		LosingStore() {
			super((store) -> new Wrapper(store) {

				private final AtomicInteger updates = new AtomicInteger();

				@Override
				public boolean update(SessionRecord record) {
					return this.updates.incrementAndGet() % 50 == 0 || super.update(record);
				}

			});
		}

	}

	static final class ReplacingStore extends WrappedStore {

		ReplacingStore() {
			super((store) -> new Wrapper(store) {

				@Override
				public boolean create(SessionRecord record) {
					delete(record.key());
					return super.create(record);
				}

			});
		}

	}

	/** Passes all calls on; two steps where the interface has a default. */
	static class Wrapper implements SessionRepository {

		private final SessionRepository store;

		Wrapper(SessionRepository store) {
			this.store = store;
		}

		@Override
		public @Nullable SessionRecord find(SessionKey key) {
			return this.store.find(key);
		}

		@Override
		public boolean create(SessionRecord record) {
			return this.store.create(record);
		}

		@Override
		public boolean update(SessionRecord record) {
			return this.store.update(record);
		}

		@Override
		public boolean touch(SessionKey key) {
			return this.store.touch(key);
		}

		@Override
		public boolean delete(SessionKey key) {
			return this.store.delete(key);
		}

	}

}
