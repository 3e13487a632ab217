package app.session.http;

import app.session.server.MariaDbStatements;
import app.session.store.jdbc.SqlOperation;

class MariaDbBudgetHttpTests extends SqlBudgetHttpTests {

	MariaDbBudgetHttpTests() {
		super(new MariaDbStatements("mariadb"), SqlOperation.FIND, SqlOperation.TOUCH);
	}

}
