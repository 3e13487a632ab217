package app.session.store.memory;

import app.session.SessionAdoption;
import app.session.store.AdoptionRules;
import app.session.test.StoreFixture;

class MemoryAdoptionTests extends AdoptionRules {

	private final MemoryFixture fixture = new MemoryFixture();

	@Override
	protected StoreFixture fixture() {
		return this.fixture;
	}

	@Override
	protected SessionAdoption adoption() {
		return (SessionAdoption) this.fixture.repository();
	}

}
