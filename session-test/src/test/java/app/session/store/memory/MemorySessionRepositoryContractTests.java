package app.session.store.memory;

import app.session.test.SessionRepositoryContract;
import app.session.test.StoreFixture;

class MemorySessionRepositoryContractTests extends SessionRepositoryContract {

	@Override
	protected StoreFixture createFixture() {
		return new MemoryFixture();
	}

}
