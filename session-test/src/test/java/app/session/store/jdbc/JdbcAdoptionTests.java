package app.session.store.jdbc;

import app.session.SessionAdoption;
import app.session.store.AdoptionRules;
import app.session.test.StoreFixture;

class JdbcAdoptionTests extends AdoptionRules {

	private final JdbcFixture fixture = new JdbcFixture(JdbcDatabase.postgresql());

	@Override
	protected StoreFixture fixture() {
		return this.fixture;
	}

	@Override
	protected SessionAdoption adoption() {
		return this.fixture.store();
	}

}
