package app.session.store.cookie;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import app.session.SessionRecord;
import app.session.SessionTooLargeException;
import app.session.codec.AttributesFormat;
import app.session.codec.EncodedValue;
import app.session.codec.UnreadableDataException;
import app.session.crypto.SealedFormat;

/**
 * Refuses a session that no browser would keep, before anything is sent: it would go on
 * with the old one without a word.
 *
 * @param format how a record is put under the seal
 * @param maxText how many characters a cookie's value may have
 * @param revocable whether the principal's epoch is sealed with a record
 */
record SizeLimit(RecordFormat format, int maxText, boolean revocable) implements Consumer<SessionRecord> {

	private static final int NAMED = 3;

	private static final int NAME_LENGTH = 60;

	@Override
	public void accept(SessionRecord record) {
		int length = SealedFormat.textLength(this.format.length(record, this.revocable && record.principal() != null));
		if (length > this.maxText) {
			throw new SessionTooLargeException("The session takes " + length + " characters of a cookie and may take "
					+ this.maxText + ", since browsers keep no cookie of more than " + SealedTokens.MAX_COOKIE
					+ " bytes, its name among them. " + largest(record) + " Keep less in the session, or only a key of "
					+ "what is kept elsewhere; or keep sessions on the server, with app.session.store=redis or jdbc"
					+ (this.format.compresses() ? "." : "; app.session.cookie-store.compression=true may help."));
		}
	}

	private static String largest(SessionRecord record) {
		List<Map.Entry<String, EncodedValue>> largest;
		try {
			largest = AttributesFormat.read(record.data())
				.values()
				.entrySet()
				.stream()
				.sorted(Comparator.comparingInt(SizeLimit::size).reversed())
				.limit(NAMED)
				.toList();
		}
		catch (UnreadableDataException ex) {
			largest = List.of();
		}
		if (largest.isEmpty()) {
			return "It has " + record.data().length + " bytes.";
		}
		return largest.stream()
			.map((attribute) -> "'" + shown(attribute.getKey()) + "' (" + size(attribute) + " bytes)")
			.collect(Collectors.joining(", ", "Its largest attributes are ", "."));
	}

	private static int size(Map.Entry<String, EncodedValue> attribute) {
		return attribute.getKey().length() + attribute.getValue().size();
	}

	private static String shown(String name) {
		return (name.length() > NAME_LENGTH) ? name.substring(0, NAME_LENGTH) + "…" : name;
	}

}
