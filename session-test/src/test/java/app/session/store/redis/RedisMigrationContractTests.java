package app.session.store.redis;

import java.time.InstantSource;

import app.session.SessionRepository;
import app.session.server.RedisServers;
import app.session.store.memory.MemorySessionRepository;
import app.session.store.migrate.MigratingContracts;
import app.session.store.migrate.MigratingFixture;
import app.session.test.StoreFixture;

/**
 * The contracts of a store while sessions are moved to Redis.
 */
class RedisMigrationContractTests extends MigratingContracts {

	@Override
	protected StoreFixture migrating() {
		RedisFixture target = new RedisFixture(RedisFactories.lettuce(RedisServers.embedded()),
				RedisFactories.lettuce(RedisServers.embedded()));
		InstantSource clock = InstantSource.system();
		MemorySessionRepository source = new MemorySessionRepository(100, clock, (event) -> {
		});
		return new MigratingFixture(target, target.store(), (SessionRepository) target.leasesOfOtherNode(), source,
				clock);
	}

}
