package app.session.http;

import java.util.List;
import java.util.UUID;

import app.session.server.StatementLog;
import app.session.store.jdbc.SqlOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * A server that keeps its sessions in a SQL database, which writes down what it is asked.
 * The store and its connection are those that an application gets.
 */
abstract class SqlLogHttpTests extends HttpTests {

	/** How long HikariCP takes an idle connection for alive without asking. */
	private static final String TRUST = "com.zaxxer.hikari.aliveBypassWindowMs";

	private final String table = "budget_" + UUID.randomUUID().toString().replace("-", "");

	private final StatementLog log;

	private final long trustMillis;

	SqlLogHttpTests(StatementLog log, long trustMillis) {
		this.log = log;
		this.trustMillis = trustMillis;
	}

	@Override
	@BeforeAll
	void start() {
		trusting(this.trustMillis, super::start);
	}

	/**
	 * Starts an application whose pool takes an idle connection for alive.
	 * @param trustMillis for how long
	 */
	static void trusting(long trustMillis, Runnable start) {
		System.setProperty(TRUST, String.valueOf(trustMillis));
		try {
			start.run();
		}
		finally {
			System.clearProperty(TRUST);
		}
	}

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { ClockedNode.class };
	}

	/** With one connection, so that none is opened while a test counts. */
	@Override
	String[] properties() {
		return properties(this.log, this.table).toArray(String[]::new);
	}

	static List<String> properties(StatementLog log, String table) {
		return List.of("app.session.store=jdbc", "app.session.jdbc.initialize-schema=always",
				"app.session.jdbc.table-name=" + table, "app.session.jdbc.pool-size=1",
				"spring.datasource.url=" + log.url(), "spring.datasource.username=" + log.user());
	}

	@AfterAll
	void closeLog() {
		this.log.close();
	}

	/**
	 * What the server was asked since the last call: the names of the store's operations,
	 * and of anything else the text.
	 */
	List<String> take() {
		return SqlOperation.names(this.log.take(), this.table);
	}

}
