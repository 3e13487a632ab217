package app.session.http;

import app.session.server.MariaDbStatements;
import app.session.server.PostgresStatements;
import app.session.server.StatementLog;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What it costs more that the connection was idle: HikariCP asks one that nobody has used
 * for half a second whether it is alive, in one round trip.
 */
class IdleConnectionHttpTests {

	abstract static class EachWasIdle extends SqlLogHttpTests {

		EachWasIdle(StatementLog log) {
			super(log, -1);
		}

		@Test
		void onePingForEachStatementAndNothingElse() {
			Browser browser = browser();
			browser.get("/count");
			take();
			assertThat(browser.get("/count").body()).isEqualTo("2");
			assertThat(take()).containsExactlyInAnyOrder(StatementLog.PING, "FIND", StatementLog.PING, "UPDATE");
		}

	}

	@Nested
	class Postgresql extends EachWasIdle {

		Postgresql() {
			super(new PostgresStatements());
		}

	}

	@Nested
	class Mariadb extends EachWasIdle {

		Mariadb() {
			super(new MariaDbStatements("mariadb"));
		}

	}

	@Nested
	class MysqlDriver extends EachWasIdle {

		MysqlDriver() {
			super(new MariaDbStatements("mysql"));
		}

	}

}
