package app.session.store;

import app.session.SessionRepository;
import app.session.store.memory.MemorySessionRepository;
import app.session.test.MutableClock;
import org.junit.jupiter.api.AfterEach;

class NodeDeathTests extends NodeDeathScenarios {

	private final MemorySessionRepository records = new MemorySessionRepository(100_000, new MutableClock(),
			(event) -> {
			});

	private final MapEntries entries = new MapEntries();

	@AfterEach
	void close() {
		this.records.close();
	}

	@Override
	protected SessionRepository records() {
		return this.records;
	}

	@Override
	protected PrincipalEntries entries() {
		return this.entries;
	}

}
