package app.session.store.jdbc;

import java.time.Duration;
import java.util.stream.Stream;

import app.session.SessionRepository;
import app.session.store.NodeDeathScenarios;
import app.session.store.PrincipalEntries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("databases")
class JdbcNodeDeathTests extends NodeDeathScenarios {

	@Parameter
	JdbcDatabase database;

	private JdbcFixture fixture;

	private PrincipalEntries entries;

	static Stream<JdbcDatabase> databases() {
		return Stream.of(JdbcDatabase.h2(), JdbcDatabase.postgresql(), JdbcDatabase.mariadb());
	}

	@BeforeEach
	void open() {
		this.fixture = new JdbcFixture(this.database);
		SqlCalls calls = this.fixture.calls();
		this.entries = new JdbcPrincipalEntries(calls, new JdbcTables(calls, this.fixture.table()).principals(),
				Duration.ofHours(25));
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
