package app.session.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.test.MutableClock;
import app.session.test.SessionRepositoryContract;
import app.session.test.StoreFixture;
import org.jspecify.annotations.Nullable;

/**
 * Within one request the whole contract holds for the one record that it has. Here are as
 * many requests as there are sessions.
 */
class ClientHeldRecordContractTests extends SessionRepositoryContract {

	@Override
	protected StoreFixture createFixture() {
		return new Requests();
	}

	private static final class Requests implements StoreFixture, SessionRepository {

		private final MutableClock clock = new MutableClock();

		private final Map<SessionKey, ClientHeldRecord> records = new ConcurrentHashMap<>();

		private ClientHeldRecord own(SessionKey key) {
			return this.records.computeIfAbsent(key, (k) -> new ClientHeldRecord(null, 0, this.clock, (record) -> {
			}));
		}

		@Override
		public @Nullable SessionRecord find(SessionKey key) {
			return own(key).find(key);
		}

		@Override
		public @Nullable SessionRecord findAndTouch(SessionKey key) {
			return own(key).findAndTouch(key);
		}

		@Override
		public boolean create(SessionRecord record) {
			return own(record.key()).create(record);
		}

		@Override
		public boolean update(SessionRecord record) {
			return own(record.key()).update(record);
		}

		@Override
		public boolean touch(SessionKey key) {
			return own(key).touch(key);
		}

		@Override
		public boolean delete(SessionKey key) {
			return own(key).delete(key);
		}

		@Override
		public SessionRepository repository() {
			return this;
		}

		@Override
		public Instant now() {
			return this.clock.instant();
		}

		@Override
		public void advance(Duration duration) {
			this.clock.advance(duration);
		}

	}

}
