package app.session.store.redis;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import app.session.SessionRepository;
import app.session.SessionStoreUnavailableException;
import app.session.autoconfigure.SessionRedisAutoConfiguration;
import app.session.server.RedisProcess;
import app.session.server.RedisServers;
import app.session.test.SessionRecords;

import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.awaitility.Awaitility.await;

/**
 * Where an application's properties lead, and by which driver.
 */
enum RedisPlace {

	LETTUCE_ON_REDIS_6("lettuce", 6), JEDIS_ON_REDIS_6("jedis", 6), LETTUCE_ON_REDIS_7("lettuce", 7),
	JEDIS_ON_REDIS_7("jedis", 7), LETTUCE_ON_A_CLUSTER("lettuce", 0), JEDIS_ON_A_CLUSTER("jedis", 0);

	private final String driver;

	private final int version;

	RedisPlace(String driver, int version) {
		this.driver = driver;
		this.version = version;
	}

	boolean isJedis() {
		return this.driver.equals("jedis");
	}

	boolean isCluster() {
		return this.version == 0;
	}

	List<RedisProcess> servers() {
		return switch (this.version) {
			case 0 -> RedisServers.cluster().masters();
			case 6 -> List.of(RedisServers.embedded());
			default -> List.of(RedisServers.installed());
		};
	}

	/**
	 * The user whom the operator's manual names for it.
	 */
	RedisUser documentedUser() {
		return RedisUser.documented().get(isCluster() ? 1 : 0);
	}

	/**
	 * A factory of one who may do everything.
	 */
	RedisConnectionFactory admin() {
		return isCluster() ? RedisFactories.lettuce(RedisServers.cluster()) : RedisFactories.lettuce(servers().get(0));
	}

	/**
	 * The starter's own store, over connections of its own.
	 */
	ConfigurableApplicationContext start(RedisUser user, String... properties) {
		int port = servers().get(0).port();
		return start(this.driver, user,
				isCluster() ? "spring.data.redis.cluster.nodes=127.0.0.1:" + port : "spring.data.redis.port=" + port,
				properties);
	}

	/**
	 * The same on a server that is none of these places.
	 */
	static ConfigurableApplicationContext start(String driver, RedisUser user, String address, String... properties) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		TestPropertyValues
			.of("app.session.store=redis", "app.session.store-timeout=20s", "spring.data.redis.client-type=" + driver,
					"spring.data.redis.username=" + user.name(), "spring.data.redis.password=" + RedisUser.PASSWORD,
					"spring.data.redis.host=127.0.0.1", address)
			.and(properties)
			.applyTo(context);
		context.register(DataRedisAutoConfiguration.class, SessionRedisAutoConfiguration.class);
		context.refresh();
		return context;
	}

	/**
	 * The starter's store on two nodes.
	 */
	RedisFixture fixture(RedisUser user) {
		String prefix = "session:" + UUID.randomUUID() + ":";
		String property = "app.session.redis.key-prefix=" + prefix;
		return new RedisFixture(startConnected(user, property), startConnected(user, property), admin(), prefix);
	}

	/**
	 * The same, connected to all that is there. Lettuce connects to each node of a
	 * cluster when it first has a command for it, and now and then refuses that one.
	 */
	ConfigurableApplicationContext startConnected(RedisUser user, String... properties) {
		ConfigurableApplicationContext node = start(user, properties);
		if (isCluster()) {
			RedisSessionRepository store = node.getBean(RedisSessionRepository.class);
			await().until(() -> IntStream.range(0, 30).allMatch((i) -> isAnswered(store)));
		}
		return node;
	}

	private static boolean isAnswered(SessionRepository store) {
		try {
			return store.find(SessionRecords.newKey()) == null;
		}
		catch (SessionStoreUnavailableException ex) {
			return ex.getMessage().contains("it answered");
		}
	}

}
