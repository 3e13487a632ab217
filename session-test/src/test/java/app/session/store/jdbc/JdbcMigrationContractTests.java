package app.session.store.jdbc;

import java.time.InstantSource;

import app.session.store.memory.MemorySessionRepository;
import app.session.store.migrate.MigratingContracts;
import app.session.store.migrate.MigratingFixture;
import app.session.test.StoreFixture;

/**
 * The contracts of a store while sessions are moved to a SQL database.
 */
class JdbcMigrationContractTests extends MigratingContracts {

	@Override
	protected StoreFixture migrating() {
		JdbcFixture target = new JdbcFixture(JdbcDatabase.postgresql());
		InstantSource clock = InstantSource.system();
		MemorySessionRepository source = new MemorySessionRepository(100, clock, (event) -> {
		});
		return new MigratingFixture(target, target.store(), target.otherStore(), source, clock);
	}

}
