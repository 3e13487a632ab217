package app.session.peers;

import app.session.http.SharedStore;

class PostgresExpressHttpTests extends ExpressHttpTests {

	PostgresExpressHttpTests() {
		super(SharedStore.POSTGRESQL.properties());
	}

}
