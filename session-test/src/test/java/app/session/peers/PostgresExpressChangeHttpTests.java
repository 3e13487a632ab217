package app.session.peers;

import app.session.http.SharedStore;

class PostgresExpressChangeHttpTests extends ExpressChangeHttpTests {

	PostgresExpressChangeHttpTests() {
		super(SharedStore.POSTGRESQL.properties());
	}

}
