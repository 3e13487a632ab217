package app.session.http;

import app.session.server.PostgresStatements;
import app.session.store.jdbc.SqlOperation;

class PostgresBudgetHttpTests extends SqlBudgetHttpTests {

	PostgresBudgetHttpTests() {
		super(new PostgresStatements(), SqlOperation.FIND_AND_TOUCH);
	}

}
