package app.session.store.redis;

import app.session.SessionAdoption;
import app.session.server.RedisServers;
import app.session.store.AdoptionRules;
import app.session.test.StoreFixture;

class RedisAdoptionTests extends AdoptionRules {

	private final RedisFixture fixture = new RedisFixture(RedisFactories.lettuce(RedisServers.embedded()),
			RedisFactories.lettuce(RedisServers.embedded()));

	@Override
	protected StoreFixture fixture() {
		return this.fixture;
	}

	@Override
	protected SessionAdoption adoption() {
		return this.fixture.store();
	}

}
