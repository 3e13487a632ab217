package app.session.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

import app.session.PrincipalIndex;
import app.session.SessionCatalog;
import app.session.SessionRepository;
import app.session.test.MutableClock;
import app.session.test.StoreFixture;

/**
 * The memory store under a clock that the test moves.
 */
class MemoryFixture implements StoreFixture {

	private final MutableClock clock = new MutableClock();

	private final MemorySessionRepository store = new MemorySessionRepository(100_000, this.clock, (event) -> {
	});

	private final SessionRepository repository;

	MemoryFixture() {
		this(UnaryOperator.identity());
	}

	/**
	 * Wraps the store, for a test of the contract itself.
	 */
	MemoryFixture(UnaryOperator<SessionRepository> wrapper) {
		this.repository = wrapper.apply(this.store);
	}

	@Override
	public SessionRepository repository() {
		return this.repository;
	}

	@Override
	public PrincipalIndex principalIndex() {
		return this.store;
	}

	@Override
	public SessionCatalog catalog() {
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
