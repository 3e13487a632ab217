package app.session.store.redis;

import java.time.InstantSource;

import app.session.SessionRepository;
import app.session.server.RedisServers;
import app.session.store.memory.MemorySessionRepository;
import app.session.store.migrate.MigratingFixture;
import app.session.store.migrate.NotFreeAgain;
import app.session.test.PrincipalIndexContract;
import app.session.test.SessionCatalogContract;
import app.session.test.SessionLeasesContract;
import app.session.test.StoreFixture;
import org.junit.jupiter.api.Nested;

/**
 * The contracts of a store while sessions are moved to Redis.
 */
class RedisMigrationContractTests {

	private static StoreFixture migrating() {
		RedisFixture target = new RedisFixture(RedisFactories.lettuce(RedisServers.embedded()),
				RedisFactories.lettuce(RedisServers.embedded()));
		InstantSource clock = InstantSource.system();
		MemorySessionRepository source = new MemorySessionRepository(100, clock, (event) -> {
		});
		return new MigratingFixture(target, target.store(), (SessionRepository) target.leasesOfOtherNode(), source,
				clock);
	}

	@Nested
	class Sessions extends NotFreeAgain {

		@Override
		protected StoreFixture createFixture() {
			return migrating();
		}

	}

	@Nested
	class Principals extends PrincipalIndexContract {

		@Override
		protected StoreFixture createFixture() {
			return migrating();
		}

	}

	@Nested
	class Leases extends SessionLeasesContract {

		@Override
		protected StoreFixture createFixture() {
			return migrating();
		}

	}

	@Nested
	class Catalog extends SessionCatalogContract {

		@Override
		protected StoreFixture createFixture() {
			return migrating();
		}

	}

}
