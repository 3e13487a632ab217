package app.session.store.redis;

import java.util.function.Supplier;

import app.session.server.RedisServers;
import app.session.test.PrincipalIndexContract;
import app.session.test.SessionCatalogContract;
import app.session.test.SessionLeasesContract;
import app.session.test.SessionRepositoryContract;
import app.session.test.StoreFixture;
import org.junit.jupiter.api.Nested;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The contracts of a store, on each kind of server and by each driver.
 */
class RedisContractTests {

	private static RedisFixture fixture(Supplier<? extends RedisConnectionFactory> factory) {
		return new RedisFixture(factory.get(), factory.get());
	}

	private static RedisFixture lettuceOnRedis6() {
		return fixture(() -> RedisFactories.lettuce(RedisServers.embedded()));
	}

	private static RedisFixture jedisOnRedis6() {
		return fixture(() -> RedisFactories.jedis(RedisServers.embedded()));
	}

	private static RedisFixture lettuceOnRedis7() {
		return fixture(() -> RedisFactories.lettuce(RedisServers.installed()));
	}

	private static RedisFixture lettuceOnACluster() {
		return fixture(() -> RedisFactories.lettuce(RedisServers.cluster()));
	}

	private static RedisFixture jedisOnACluster() {
		return fixture(() -> RedisFactories.jedis(RedisServers.cluster()));
	}

	@Nested
	class LettuceOnRedis6Sessions extends SessionRepositoryContract {

		@Override
		protected StoreFixture createFixture() {
			return lettuceOnRedis6();
		}

	}

	@Nested
	class LettuceOnRedis6Principals extends PrincipalIndexContract {

		@Override
		protected StoreFixture createFixture() {
			return lettuceOnRedis6();
		}

	}

	@Nested
	class LettuceOnRedis6Leases extends SessionLeasesContract {

		@Override
		protected StoreFixture createFixture() {
			return lettuceOnRedis6();
		}

	}

	@Nested
	class LettuceOnRedis6Catalog extends SessionCatalogContract {

		@Override
		protected StoreFixture createFixture() {
			return lettuceOnRedis6();
		}

	}

	@Nested
	class JedisOnRedis6Sessions extends SessionRepositoryContract {

		@Override
		protected StoreFixture createFixture() {
			return jedisOnRedis6();
		}

	}

	@Nested
	class JedisOnRedis6Principals extends PrincipalIndexContract {

		@Override
		protected StoreFixture createFixture() {
			return jedisOnRedis6();
		}

	}

	@Nested
	class JedisOnRedis6Leases extends SessionLeasesContract {

		@Override
		protected StoreFixture createFixture() {
			return jedisOnRedis6();
		}

	}

	@Nested
	class JedisOnRedis6Catalog extends SessionCatalogContract {

		@Override
		protected StoreFixture createFixture() {
			return jedisOnRedis6();
		}

	}

	@Nested
	class LettuceOnRedis7Sessions extends SessionRepositoryContract {

		@Override
		protected StoreFixture createFixture() {
			return lettuceOnRedis7();
		}

	}

	@Nested
	class LettuceOnRedis7Principals extends PrincipalIndexContract {

		@Override
		protected StoreFixture createFixture() {
			return lettuceOnRedis7();
		}

	}

	@Nested
	class LettuceOnRedis7Leases extends SessionLeasesContract {

		@Override
		protected StoreFixture createFixture() {
			return lettuceOnRedis7();
		}

	}

	@Nested
	class LettuceOnRedis7Catalog extends SessionCatalogContract {

		@Override
		protected StoreFixture createFixture() {
			return lettuceOnRedis7();
		}

	}

	@Nested
	class LettuceOnAClusterSessions extends SessionRepositoryContract {

		@Override
		protected StoreFixture createFixture() {
			return lettuceOnACluster();
		}

	}

	@Nested
	class LettuceOnAClusterPrincipals extends PrincipalIndexContract {

		@Override
		protected StoreFixture createFixture() {
			return lettuceOnACluster();
		}

	}

	@Nested
	class LettuceOnAClusterLeases extends SessionLeasesContract {

		@Override
		protected StoreFixture createFixture() {
			return lettuceOnACluster();
		}

	}

	@Nested
	class LettuceOnAClusterCatalog extends SessionCatalogContract {

		@Override
		protected StoreFixture createFixture() {
			return lettuceOnACluster();
		}

	}

	@Nested
	class JedisOnAClusterSessions extends SessionRepositoryContract {

		@Override
		protected StoreFixture createFixture() {
			return jedisOnACluster();
		}

	}

	@Nested
	class JedisOnAClusterPrincipals extends PrincipalIndexContract {

		@Override
		protected StoreFixture createFixture() {
			return jedisOnACluster();
		}

	}

	@Nested
	class JedisOnAClusterLeases extends SessionLeasesContract {

		@Override
		protected StoreFixture createFixture() {
			return jedisOnACluster();
		}

	}

	@Nested
	class JedisOnAClusterCatalog extends SessionCatalogContract {

		@Override
		protected StoreFixture createFixture() {
			return jedisOnACluster();
		}

	}

}
