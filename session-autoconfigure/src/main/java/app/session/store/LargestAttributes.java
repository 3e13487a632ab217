package app.session.store;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import app.session.SessionRecord;
import app.session.codec.AttributesFormat;
import app.session.codec.EncodedValue;
import app.session.codec.UnreadableDataException;

/**
 * Says which attributes make a session large, to whoever has to make it smaller.
 */
public final class LargestAttributes {

	private static final int NAMED = 3;

	private static final int NAME_LENGTH = 60;

	private LargestAttributes() {
	}

	/**
	 * Names them.
	 * @param record the session
	 * @return a sentence with the names and sizes of the three largest
	 */
	public static String of(SessionRecord record) {
		List<Map.Entry<String, EncodedValue>> largest;
		try {
			largest = AttributesFormat.read(record.data())
				.values()
				.entrySet()
				.stream()
				.sorted(Comparator.comparingInt(LargestAttributes::size).reversed())
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
