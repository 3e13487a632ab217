package app.session.core;

import java.util.Map;

import app.session.SessionRecord;
import app.session.codec.AttributesFormat;
import app.session.codec.EncodedValue;
import app.session.codec.StoredAttributes;

/**
 * A record with its data taken apart.
 *
 * @param record the record
 * @param attributes its attributes and settings
 */
record StoredSession(SessionRecord record, StoredAttributes attributes) {

	static StoredSession of(SessionRecord record) {
		return new StoredSession(record, AttributesFormat.read(record.data()));
	}

	Map<String, EncodedValue> values() {
		return this.attributes.values();
	}

}
