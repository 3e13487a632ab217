package app.session.store.jdbc;

import java.time.Duration;
import java.util.stream.Stream;

import app.session.SessionKey;
import app.session.WriterTag;
import app.session.test.SessionRecords;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That to wait for a lease is nothing to write into a log, which MariaDB's driver does
 * with each error.
 */
@ExtendWith(OutputCaptureExtension.class)
class JdbcLeaseTests {

	static Stream<JdbcDatabase> databases() {
		return Stream.of(JdbcDatabase.h2(), JdbcDatabase.postgresql(), JdbcDatabase.mariadb(),
				JdbcDatabase.mariadbByMysqlDriver());
	}

	@ParameterizedTest
	@MethodSource("databases")
	void aLeaseThatAnotherHasIsNoError(JdbcDatabase database, CapturedOutput output) {
		try (JdbcFixture fixture = new JdbcFixture(database)) {
			SessionKey key = SessionRecords.newKey();
			Duration length = Duration.ofMinutes(1);
			assertThat(fixture.store().acquire(key, new WriterTag(1), length)).isTrue();
			int before = output.getAll().length();
			assertThat(fixture.store().acquire(key, new WriterTag(2), length)).isFalse();
			assertThat(fixture.store().acquire(key, new WriterTag(1), length)).isTrue();
			assertThat(output.getAll().substring(before)).doesNotContain("WARN").doesNotContain("ERROR");
		}
	}

}
