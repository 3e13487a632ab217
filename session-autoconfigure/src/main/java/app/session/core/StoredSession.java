package app.session.core;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import app.session.SessionEvent;
import app.session.SessionRecord;
import app.session.codec.AttributesFormat;
import app.session.codec.EncodedValue;
import app.session.codec.StoredAttributes;
import app.session.codec.UnreadableDataException;

/**
 * A record with its data taken apart.
 *
 * @param record the record
 * @param attributes its attributes and settings
 */
record StoredSession(SessionRecord record, StoredAttributes attributes) {

	/**
	 * Takes a record apart.
	 * @return the session, {@code null} if there is no record, or none that can be read
	 */
	static @Nullable StoredSession of(@Nullable SessionRecord record, Events events) {
		if (record == null) {
			return null;
		}
		try {
			return new StoredSession(record, AttributesFormat.read(record.data()));
		}
		catch (UnreadableDataException ex) {
			events.publish(new SessionEvent.RecordUnreadable(record.key()));
			return null;
		}
	}

	Map<String, EncodedValue> values() {
		return this.attributes.values();
	}

}
