package app.session.peers;

import app.session.http.SharedStore;

class RedisExpressHttpTests extends ExpressHttpTests {

	RedisExpressHttpTests() {
		super(SharedStore.REDIS.properties());
	}

}
