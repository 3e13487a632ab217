package app.session.store.cookie;

import app.session.test.ClientHeldContract;
import app.session.test.ClientHeldFixture;

class CompressedContractTests extends ClientHeldContract {

	@Override
	protected ClientHeldFixture createFixture() {
		return new SealedFixture(true);
	}

}
