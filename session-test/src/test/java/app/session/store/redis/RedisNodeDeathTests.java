package app.session.store.redis;

import java.time.Duration;

import app.session.SessionRepository;
import app.session.server.RedisServers;
import app.session.store.NodeDeathScenarios;
import app.session.store.PrincipalEntries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

@ParameterizedClass
@ValueSource(booleans = { false, true })
class RedisNodeDeathTests extends NodeDeathScenarios {

	@Parameter
	boolean cluster;

	private LettuceConnectionFactory factory;

	private RedisFixture fixture;

	private PrincipalEntries entries;

	@BeforeEach
	void open() {
		this.factory = factory();
		this.fixture = new RedisFixture(this.factory, factory());
		RedisConnections connections = RedisConnections.of(this.factory);
		this.entries = new RedisPrincipalEntries(new RedisCalls(connections), new RedisScan(connections),
				new StoreKeys(this.fixture.prefix()), Duration.ofHours(24));
	}

	private LettuceConnectionFactory factory() {
		return this.cluster ? RedisFactories.lettuce(RedisServers.cluster())
				: RedisFactories.lettuce(RedisServers.embedded());
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Override
	protected SessionRepository records() {
		return this.fixture.store();
	}

	@Override
	protected PrincipalEntries entries() {
		return this.entries;
	}

}
