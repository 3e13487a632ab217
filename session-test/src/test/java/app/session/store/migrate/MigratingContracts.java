package app.session.store.migrate;

import org.junit.jupiter.api.Nested;

import app.session.test.PrincipalIndexContract;
import app.session.test.SessionCatalogContract;
import app.session.test.SessionLeasesContract;
import app.session.test.StoreFixture;

/**
 * The contracts of a store while sessions are moved to it.
 */
public abstract class MigratingContracts {

	/** The store, with another that sessions come from. */
	protected abstract StoreFixture migrating();

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
