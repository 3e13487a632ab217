package app.session.store.redis;

import app.session.test.PrincipalIndexContract;
import app.session.test.SessionCatalogContract;
import app.session.test.SessionLeasesContract;
import app.session.test.SessionRepositoryContract;
import app.session.test.StoreFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contracts of a store, as the starter makes it, whose user may do no more than the
 * operator's manual names.
 */
class RedisPermissionContractTests {

	/** The other driver is tried on that server, and each driver on the cluster. */
	private static final String NOT_AGAIN = "JEDIS_ON_REDIS_6|LETTUCE_ON_REDIS_7";

	private static StoreFixture open(RedisPlace place) {
		RedisUser user = place.documentedUser();
		user.createOn(place.servers());
		return place.fixture(user);
	}

	@Nested
	@ParameterizedClass
	@EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = NOT_AGAIN)
	class SessionsOf extends SessionRepositoryContract {

		@Parameter
		RedisPlace place;

		@Override
		protected StoreFixture createFixture() {
			return open(this.place);
		}

	}

	@Nested
	@ParameterizedClass
	@EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = NOT_AGAIN)
	class PrincipalsOf extends PrincipalIndexContract {

		@Parameter
		RedisPlace place;

		@Override
		protected StoreFixture createFixture() {
			return open(this.place);
		}

	}

	@Nested
	@ParameterizedClass
	@EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = NOT_AGAIN)
	class LeasesOf extends SessionLeasesContract {

		@Parameter
		RedisPlace place;

		@Override
		protected StoreFixture createFixture() {
			return open(this.place);
		}

	}

	@Nested
	@ParameterizedClass
	@EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = NOT_AGAIN)
	class CatalogOf extends SessionCatalogContract {

		@Parameter
		RedisPlace place;

		@Override
		protected StoreFixture createFixture() {
			return open(this.place);
		}

	}

}
