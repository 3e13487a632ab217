package app.session.store.migrate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.WriterTag;
import app.session.store.memory.MemorySessionRepository;
import app.session.test.MutableClock;
import app.session.test.PrincipalIndexContract;
import app.session.test.SessionCatalogContract;
import app.session.test.StoreFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contracts of a store while sessions are moved in memory: with an empty source, and
 * with each session in the source as long as nobody has written it. The second can't keep
 * one rule to the letter: a record that was read in the source names, as its last writer,
 * a mark of that besides. The principals of sessions in the source are the matter of
 * {@link MigratingPrincipalsTests}.
 */
class MigrationContractTests {

	private static MemorySessionRepository memory(InstantSource clock) {
		return new MemorySessionRepository(100_000, clock, (event) -> {
		});
	}

	private static MigratingFixture emptySource() {
		Memory target = new Memory();
		return new MigratingFixture(target, target.store, target.store, memory(target.clock), target.clock);
	}

	private static StoreFixture inTheSource() {
		Memory target = new Memory();
		MemorySessionRepository source = memory(target.clock);
		return new InTheSource(new MigratingFixture(target, target.store, target.store, source, target.clock), source);
	}

	@Nested
	class EmptySourceSessions extends NotFreeAgain {

		@Override
		protected StoreFixture createFixture() {
			return emptySource();
		}

	}

	@Nested
	class EmptySourcePrincipals extends PrincipalIndexContract {

		@Override
		protected StoreFixture createFixture() {
			return emptySource();
		}

	}

	@Nested
	class EmptySourceCatalog extends SessionCatalogContract {

		@Override
		protected StoreFixture createFixture() {
			return emptySource();
		}

	}

	@Nested
	class InTheSourceSessions extends NotFreeAgain {

		@Override
		protected StoreFixture createFixture() {
			return inTheSource();
		}

		@Override
		public void assertSameWriters(SessionRecord actual, SessionRecord expected) {
			assertSameButForTheMark(actual, expected);
		}

	}

	@Nested
	class InTheSourceCatalog extends SessionCatalogContract {

		@Override
		protected StoreFixture createFixture() {
			return inTheSource();
		}

		@Override
		public void assertSameWriters(SessionRecord actual, SessionRecord expected) {
			assertSameButForTheMark(actual, expected);
		}

	}

	private static void assertSameButForTheMark(SessionRecord actual, SessionRecord expected) {
		List<WriterTag> found = withoutMark(actual);
		List<WriterTag> wanted = withoutMark(expected);
		int known = Math.min(SessionRecord.MAX_WRITERS - 1, wanted.size());
		assertThat(found).as("writers").startsWith(wanted.subList(0, known).toArray(new WriterTag[0]));
		assertThat(wanted).as("writers").startsWith(found.toArray(new WriterTag[0]));
	}

	private static List<WriterTag> withoutMark(SessionRecord record) {
		WriterTag mark = Unsettled.mark(record).writer();
		List<WriterTag> writers = new ArrayList<>(record.writers());
		writers.remove(mark);
		return writers;
	}

	/** A store in memory under a clock that the test moves. */
	private static final class Memory implements StoreFixture {

		private final MutableClock clock = new MutableClock();

		private final MemorySessionRepository store = memory(this.clock);

		@Override
		public SessionRepository repository() {
			return this.store;
		}

		@Override
		public Instant now() {
			return this.clock.instant();
		}

		@Override
		public void advance(Duration duration) {
			this.clock.advance(duration);
		}

		@Override
		public void close() {
			this.store.close();
		}

	}

	/** Creates each session in the source, unless its key is taken in the target. */
	private record InTheSource(MigratingFixture both, MemorySessionRepository source) implements StoreFixture {

		@Override
		public SessionRepository repository() {
			return new Creating(this.both.repository(), this.source);
		}

		@Override
		public SessionRepository otherNode() {
			return new Creating(this.both.otherNode(), this.source);
		}

		@Override
		public MigratingStore catalog() {
			return (MigratingStore) this.both.catalog();
		}

		@Override
		public Instant now() {
			return this.both.now();
		}

		@Override
		public void advance(Duration duration) {
			this.both.advance(duration);
		}

		@Override
		public void close() {
			this.both.close();
			this.source.close();
		}

	}

	private record Creating(SessionRepository both, SessionRepository source) implements SessionRepository {

		@Override
		public @Nullable SessionRecord find(SessionKey key) {
			return this.both.find(key);
		}

		@Override
		public @Nullable SessionRecord findAndTouch(SessionKey key) {
			return this.both.findAndTouch(key);
		}

		@Override
		public boolean create(SessionRecord record) {
			return this.both.find(record.key()) == null && this.source.create(record)
					&& this.both.find(record.key()) != null;
		}

		@Override
		public boolean update(SessionRecord record) {
			return this.both.update(record);
		}

		@Override
		public boolean touch(SessionKey key) {
			return this.both.touch(key);
		}

		@Override
		public boolean delete(SessionKey key) {
			return this.both.delete(key);
		}

	}

}
