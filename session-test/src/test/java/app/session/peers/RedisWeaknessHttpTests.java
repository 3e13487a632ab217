package app.session.peers;

import app.session.http.SharedStore;

class RedisWeaknessHttpTests extends WeaknessHttpTests {

	RedisWeaknessHttpTests() {
		super(SharedStore.REDIS.properties());
	}

}
