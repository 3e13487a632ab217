package app.session.http;

import app.session.server.MariaDbStatements;
import app.session.store.jdbc.SqlOperation;

/**
 * MariaDB by MySQL's driver.
 */
class MySqlDriverBudgetHttpTests extends SqlBudgetHttpTests {

	MySqlDriverBudgetHttpTests() {
		super(new MariaDbStatements("mysql"), SqlOperation.FIND, SqlOperation.TOUCH);
	}

}
