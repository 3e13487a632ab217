package app.session.peers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import app.session.http.SharedStore;

import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

class RedisSharedWeaknessHttpTests extends SharedWeaknessHttpTests {

	RedisSharedWeaknessHttpTests() {
		super(SharedStore.REDIS.properties());
	}

	@Override
	List<byte[]> stored() {
		try (RedisConnection connection = connection(server())) {
			List<byte[]> stored = new ArrayList<>();
			for (byte[] key : keys(server(), connection)) {
				stored.add(key);
				stored.add(connection.stringCommands().get(key));
			}
			return stored;
		}
	}

	@Override
	void damage() {
		try (RedisConnection connection = connection(server())) {
			for (byte[] key : keys(server(), connection)) {
				connection.stringCommands().setRange(key, new byte[] { 99 }, 0);
			}
		}
	}

	@Override
	List<String> ownStore() {
		return SharedStore.REDIS.properties();
	}

	@Override
	long entries(PeerServer server) {
		try (RedisConnection connection = connection(server)) {
			return keys(server, connection).size();
		}
	}

	private static RedisConnection connection(PeerServer server) {
		return server.bean(RedisConnectionFactory.class).getConnection();
	}

	private static Set<byte[]> keys(PeerServer server, RedisConnection connection) {
		String prefix = server.bean(Environment.class).getRequiredProperty("app.session.redis.key-prefix");
		return connection.keyCommands().keys((prefix + "*").getBytes(StandardCharsets.UTF_8));
	}

}
