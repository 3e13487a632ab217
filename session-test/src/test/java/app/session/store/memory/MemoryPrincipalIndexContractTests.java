package app.session.store.memory;

import app.session.test.PrincipalIndexContract;
import app.session.test.StoreFixture;

class MemoryPrincipalIndexContractTests extends PrincipalIndexContract {

	@Override
	protected StoreFixture createFixture() {
		return new MemoryFixture();
	}

}
