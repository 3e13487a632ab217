package app.session.peers;

import app.session.http.SharedStore;

class RedisExpressChangeHttpTests extends ExpressChangeHttpTests {

	RedisExpressChangeHttpTests() {
		super(SharedStore.REDIS.properties());
	}

}
