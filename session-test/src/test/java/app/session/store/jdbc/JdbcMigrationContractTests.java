package app.session.store.jdbc;

import java.time.InstantSource;

import app.session.store.memory.MemorySessionRepository;
import app.session.store.migrate.MigratingFixture;
import app.session.store.migrate.NotFreeAgain;
import app.session.test.PrincipalIndexContract;
import app.session.test.SessionCatalogContract;
import app.session.test.SessionLeasesContract;
import app.session.test.StoreFixture;
import org.junit.jupiter.api.Nested;

/**
 * The contracts of a store while sessions are moved to a SQL database.
 */
class JdbcMigrationContractTests {

	private static StoreFixture migrating() {
		JdbcFixture target = new JdbcFixture(JdbcDatabase.postgresql());
		InstantSource clock = InstantSource.system();
		MemorySessionRepository source = new MemorySessionRepository(100, clock, (event) -> {
		});
		return new MigratingFixture(target, target.store(), target.otherStore(), source, clock);
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
