package app.session.peers;

import java.util.UUID;

import app.session.server.RedisServers;

class RedisSessionHookHttpTests extends SessionHookHttpTests {

	RedisSessionHookHttpTests() {
		super(false, "app.session.store=redis", "spring.data.redis.host=127.0.0.1",
				"spring.data.redis.port=" + RedisServers.embedded().port(),
				"app.session.redis.key-prefix=" + UUID.randomUUID() + ":");
	}

}
