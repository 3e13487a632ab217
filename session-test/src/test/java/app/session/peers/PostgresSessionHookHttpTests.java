package app.session.peers;

import java.util.UUID;

import app.session.server.PostgresServer;

class PostgresSessionHookHttpTests extends SessionHookHttpTests {

	PostgresSessionHookHttpTests() {
		super(true, "app.session.store=jdbc", "app.session.jdbc.initialize-schema=always",
				"app.session.jdbc.sweep-interval=1s",
				"app.session.jdbc.table-name=hooks_" + UUID.randomUUID().toString().replace("-", ""),
				"spring.datasource.url=" + PostgresServer.url(), "spring.datasource.username=postgres");
	}

}
