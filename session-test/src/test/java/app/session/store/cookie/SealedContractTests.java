package app.session.store.cookie;

import app.session.test.ClientHeldContract;
import app.session.test.ClientHeldFixture;

class SealedContractTests extends ClientHeldContract {

	@Override
	protected ClientHeldFixture createFixture() {
		return new SealedFixture(false);
	}

}
