package app.session.store.jdbc;

import app.session.test.PrincipalIndexContract;
import app.session.test.SessionCatalogContract;
import app.session.test.SessionLeasesContract;
import app.session.test.SessionRepositoryContract;
import app.session.test.StoreFixture;
import org.junit.jupiter.api.Nested;

/**
 * The contracts of a store, on each database.
 */
class JdbcContractTests {

	@Nested
	class H2Sessions extends SessionRepositoryContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.h2());
		}

	}

	@Nested
	class H2Principals extends PrincipalIndexContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.h2());
		}

	}

	@Nested
	class H2Leases extends SessionLeasesContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.h2());
		}

	}

	@Nested
	class H2Catalog extends SessionCatalogContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.h2());
		}

	}

	@Nested
	class PostgresqlSessions extends SessionRepositoryContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.postgresql());
		}

	}

	@Nested
	class PostgresqlPrincipals extends PrincipalIndexContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.postgresql());
		}

	}

	@Nested
	class PostgresqlLeases extends SessionLeasesContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.postgresql());
		}

	}

	@Nested
	class PostgresqlCatalog extends SessionCatalogContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.postgresql());
		}

	}

	@Nested
	class MariadbSessions extends SessionRepositoryContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.mariadb());
		}

	}

	@Nested
	class MariadbPrincipals extends PrincipalIndexContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.mariadb());
		}

	}

	@Nested
	class MariadbLeases extends SessionLeasesContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.mariadb());
		}

	}

	@Nested
	class MariadbCatalog extends SessionCatalogContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.mariadb());
		}

	}

	@Nested
	class MariadbByMysqlDriverSessions extends SessionRepositoryContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.mariadbByMysqlDriver());
		}

	}

	@Nested
	class MariadbByMysqlDriverPrincipals extends PrincipalIndexContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.mariadbByMysqlDriver());
		}

	}

	@Nested
	class MariadbByMysqlDriverLeases extends SessionLeasesContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.mariadbByMysqlDriver());
		}

	}

	@Nested
	class MariadbByMysqlDriverCatalog extends SessionCatalogContract {

		@Override
		protected StoreFixture createFixture() {
			return new JdbcFixture(JdbcDatabase.mariadbByMysqlDriver());
		}

	}

}
