package app.session.test;

import java.util.List;
import java.util.stream.Stream;

/**
 * Names that a store may take for each other, or can't say at all.
 */
final class Principals {

	/** The length in UTF-8 up to which the engine lets a principal through. */
	private static final int LONGEST = 1024;

	private Principals() {
	}

	/**
	 * Principals that differ, each in its own way: in case, in a trailing space, in a
	 * form of the same letter, in what comes after a NUL, in the last of many characters.
	 * @param prefix what each begins with
	 * @return the principals
	 */
	static List<String> differing(String prefix) {
		String grin = "\uD83D\uDE00";
		String longest = "x".repeat(LONGEST - 1 - prefix.length());
		return Stream
			.of("alice", "Alice", "ALICE", "alice ", " alice", "alice\t", "alice\n", "alice\r\n", "\u0000",
					"alice\u0000", "alice\u0000x", "O'Neill", "O''Neill", "\"alice\"", "`alice`", "al\\ice", "al%ice",
					"al_ice", "al*ice", "al?ice", "al[i]ce", "{alice}", "alice:", "alice;--", "\u00E9", "e\u0301", "e",
					"stra\u00DFe", "strasse", "\u0130", "i", "\u0131", "\uFF41lice", "\u200Balice", "\uFEFFalice",
					"\u05D0\u05DC", grin, grin + grin, "\uD83D\uDE01", "\uFFFD", "\uFFFF", "\uDBFF\uDFFF",
					longest + "y", longest + "z")
			.map(prefix::concat)
			.toList();
	}

}
