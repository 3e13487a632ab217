package app.session.store.memory;

import app.session.test.SessionCatalogContract;
import app.session.test.StoreFixture;

class MemorySessionCatalogContractTests extends SessionCatalogContract {

	@Override
	protected StoreFixture createFixture() {
		return new MemoryFixture();
	}

}
