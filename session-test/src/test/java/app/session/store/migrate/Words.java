package app.session.store.migrate;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

import app.session.SessionRecord;
import app.session.test.SessionRecords;

/**
 * An answer of a store, in words in which equal answers are equal.
 */
final class Words {

	private Words() {
	}

	static String of(@Nullable Object answer) {
		if (answer instanceof SessionRecord record) {
			return record.version() + " " + record.writers() + " " + EndMark.is(record) + " " + record.idleTimeout()
					+ " " + record.principal() + " '" + SessionRecords.text(record) + "'";
		}
		if (answer instanceof Collection<?> all) {
			return all.stream().map(Words::of).toList().toString();
		}
		return String.valueOf(answer);
	}

}
