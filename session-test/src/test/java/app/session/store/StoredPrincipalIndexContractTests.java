package app.session.store;

import java.time.Duration;
import java.time.Instant;

import app.session.PrincipalIndex;
import app.session.SessionRepository;
import app.session.store.memory.MemorySessionRepository;
import app.session.test.MutableClock;
import app.session.test.PrincipalIndexContract;
import app.session.test.StoreFixture;

class StoredPrincipalIndexContractTests extends PrincipalIndexContract {

	@Override
	protected StoreFixture createFixture() {
		MutableClock clock = new MutableClock();
		MemorySessionRepository repository = new MemorySessionRepository(100_000, clock, (event) -> {
		});
		PrincipalIndex index = new StoredPrincipalIndex(new MapEntries(), repository, Duration.ofSeconds(2), clock);
		return new StoreFixture() {

			@Override
			public SessionRepository repository() {
				return repository;
			}

			@Override
			public PrincipalIndex principalIndex() {
				return index;
			}

			@Override
			public Instant now() {
				return clock.instant();
			}

			@Override
			public void advance(Duration duration) {
				clock.advance(duration);
			}

			@Override
			public void close() {
				repository.close();
			}

		};
	}

}
