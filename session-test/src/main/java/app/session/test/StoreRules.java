package app.session.test;

import java.util.Objects;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import org.assertj.core.api.Assertions;

/**
 * What the rules of the store contract have in common.
 */
interface StoreRules {

	/**
	 * The store under test.
	 * @return the fixture of the running test
	 */
	StoreFixture fixture();

	/**
	 * Shorthand for the repository of the fixture.
	 * @return the repository
	 */
	default SessionRepository store() {
		return fixture().repository();
	}

	/**
	 * Creates a record and reads it back.
	 * @param builder what it is like
	 * @return the record as stored
	 */
	default SessionRecord stored(SessionRecords builder) {
		SessionRecord record = builder.build();
		Assertions.assertThat(store().create(record)).as("create").isTrue();
		return read(record.key());
	}

	/**
	 * Creates an ordinary record and reads it back.
	 * @return the record as stored
	 */
	default SessionRecord stored() {
		return stored(SessionRecords.records().data("0"));
	}

	/**
	 * Reads a record that must be there.
	 * @param key its key
	 * @return the record
	 */
	default SessionRecord read(SessionKey key) {
		SessionRecord record = store().find(key);
		Assertions.assertThat(record).as("record of %s", key).isNotNull();
		return Objects.requireNonNull(record);
	}

	/**
	 * Asserts that no operation finds a record, and none brings it back.
	 * @param record the record as it was last read
	 */
	default void assertAbsent(SessionRecord record) {
		SessionKey key = record.key();
		Assertions.assertThat(store().find(key)).as("find").isNull();
		Assertions.assertThat(store().update(SessionRecords.withData(record, "late"))).as("update").isFalse();
		Assertions.assertThat(store().touch(key)).as("touch").isFalse();
		Assertions.assertThat(store().findAndTouch(key)).as("findAndTouch").isNull();
		Assertions.assertThat(store().delete(key)).as("delete").isFalse();
		Assertions.assertThat(fixture().otherNode().find(key)).as("find on another node").isNull();
	}

	/**
	 * Asserts that two records are the same in all but the times.
	 * @param actual the record as stored
	 * @param expected what it is to be like
	 */
	default void assertSame(SessionRecord actual, SessionRecord expected) {
		Assertions.assertThat(actual.key()).isEqualTo(expected.key());
		Assertions.assertThat(actual.version()).as("version").isEqualTo(expected.version());
		assertSameWriters(actual, expected);
		Assertions.assertThat(actual.secretHash()).as("secret hash").isEqualTo(expected.secretHash());
		Assertions.assertThat(actual.idleTimeout()).as("idle timeout").isEqualTo(expected.idleTimeout());
		Assertions.assertThat(actual.lifetime()).as("lifetime").isEqualTo(expected.lifetime());
		Assertions.assertThat(actual.principal()).as("principal").isEqualTo(expected.principal());
		Assertions.assertThat(actual.data()).as("data").isEqualTo(expected.data());
	}

	/**
	 * Asserts that two records remember the same writers.
	 * @param actual the record as stored
	 * @param expected what it is to be like
	 */
	default void assertSameWriters(SessionRecord actual, SessionRecord expected) {
		Assertions.assertThat(actual.writers()).as("writers").isEqualTo(expected.writers());
	}

}
