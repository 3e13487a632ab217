package app.session.peers;

import app.session.http.SharedStore;

class PostgresWeaknessHttpTests extends WeaknessHttpTests {

	PostgresWeaknessHttpTests() {
		super(SharedStore.POSTGRESQL.properties());
	}

}
