package app.session.peers;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import app.session.http.SharedStore;

import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresSharedWeaknessHttpTests extends SharedWeaknessHttpTests {

	PostgresSharedWeaknessHttpTests() {
		super(SharedStore.POSTGRESQL.properties());
	}

	/** Columns of bytes as they are, the others as their text. */
	@Override
	List<byte[]> stored() {
		return jdbc(server())
			.query("SELECT * FROM " + table(server()), (row, number) -> row.getMetaData().getColumnCount())
			.stream()
			.distinct()
			.flatMap((columns) -> IntStream.rangeClosed(1, columns).boxed())
			.flatMap((column) -> jdbc(server())
				.query("SELECT * FROM " + table(server()), (row, number) -> bytes(row.getObject(column)))
				.stream())
			.toList();
	}

	private static byte[] bytes(Object value) {
		return (value instanceof byte[] bytes) ? bytes : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
	}

	/** The format is told by the first byte of the data. */
	@Override
	void damage() {
		jdbc(server()).update("UPDATE " + table(server()) + " SET data = set_byte(data, 0, 99)");
	}

	@Override
	List<String> ownStore() {
		return SharedStore.POSTGRESQL.properties();
	}

	@Override
	long entries(PeerServer server) {
		return jdbc(server).queryForObject("SELECT COUNT(*) FROM " + table(server), Long.class);
	}

	private static JdbcTemplate jdbc(PeerServer server) {
		return server.bean(JdbcTemplate.class);
	}

	private static String table(PeerServer server) {
		return server.bean(Environment.class).getRequiredProperty("app.session.jdbc.table-name");
	}

}
