package app.session.autoconfigure;

import java.time.InstantSource;
import java.util.function.Consumer;

import app.session.SessionEvent;
import app.session.store.redis.RedisConnections;
import app.session.store.redis.RedisSessionRepository;
import app.session.store.redis.RedisStoreSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Makes what keeps sessions in Redis, each over connections of its own.
 */
final class RedisStores {

	private final SessionProperties properties;

	private final SessionRedisProperties redis;

	private final @Nullable RedisConnectionFactory own;

	private final @Nullable RedisConnectionFactory factory;

	private final InstantSource clock;

	private final Consumer<SessionEvent> events;

	RedisStores(SessionProperties properties, SessionRedisProperties redis, @Nullable RedisConnectionFactory own,
			@Nullable RedisConnectionFactory factory, InstantSource clock, Consumer<SessionEvent> events) {
		this.properties = properties;
		this.redis = redis;
		this.own = own;
		this.factory = factory;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Our own records.
	 * @throws InvalidSessionPropertyException if a property makes no sense
	 */
	RedisSessionRepository repository() {
		PropertyChecks.check(this.properties);
		PropertyChecks.check(this.redis);
		RedisConnections connections = connections();
		if (connections.isCluster()) {
			checkForCluster(connections);
		}
		RedisStoreSettings settings = new RedisStoreSettings(this.redis.keyPrefix(), this.properties.storeTimeout(),
				this.properties.maxLifetime(), this.redis.sweepInterval(), this.redis.replicasForLogout());
		return new RedisSessionRepository(connections, settings, this.clock, this.events);
	}

	private void checkForCluster(RedisConnections connections) {
		try {
			PropertyChecks.checkForCluster(this.redis);
		}
		catch (InvalidSessionPropertyException ex) {
			connections.close();
			throw ex;
		}
	}

	/**
	 * Connections to Redis, for the caller to close.
	 * @throws InvalidSessionPropertyException if it is not known how
	 */
	RedisConnections connections() {
		if (this.own != null) {
			return RedisConnections.of(this.own);
		}
		if (this.factory == null) {
			throw impossible("There is not exactly one RedisConnectionFactory bean.",
					"Add spring-boot-starter-data-redis, or mark one bean @SessionRedisConnectionFactory.");
		}
		try {
			return RedisConnections.like(this.factory, this.properties.storeTimeout());
		}
		catch (IllegalArgumentException ex) {
			throw impossible(ex.getMessage() + ".",
					"Mark a RedisConnectionFactory bean @SessionRedisConnectionFactory: it is used as it is.");
		}
	}

	private static InvalidSessionPropertyException impossible(String reason, String action) {
		return PropertyChecks.invalid("store", "redis", reason, action);
	}

}
