package app.session.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of the tables in a page that compares us with a peer. In the first cell stands
 * what the row is about, in the last one which tests show it.
 */
final class PeerTable {

	private static final Pattern NUMBER = Pattern.compile("\\b((?:[bc]\\.\\d+|[KX]\\d+))\\b");

	private static final Pattern NAME = Pattern.compile("`([^`]+)`");

	private static final Pattern TEST = Pattern.compile("\\b([A-Z]\\w*#\\w+)");

	/** The sections whose rows are about options, members and events, by their names. */
	private static final Set<String> NAMED = Set.of("Options", "The session object", "Events");

	private PeerTable() {
	}

	static List<Row> rows(String page, String text) {
		List<Row> rows = new ArrayList<>();
		String section = "";
		int columns = 0;
		int line = 0;
		for (String content : text.split("\n")) {
			line++;
			if (content.startsWith("#")) {
				section = content.replaceFirst("#+ ", "").strip();
			}
			boolean within = content.startsWith("|");
			if (within && columns > 0 && !content.matches("[|: -]+")) {
				rows.add(new Row(page + ":" + line, section, columns, cells(content)));
			}
			else if (within && columns == 0) {
				columns = cells(content).size();
			}
			columns = within ? columns : 0;
		}
		return rows;
	}

	/** A bar within a cell is written as HTML has it. */
	private static List<String> cells(String content) {
		String inner = content.strip().replaceFirst("^\\|", "").replaceFirst("\\|$", "");
		return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
	}

	private static Set<String> find(Pattern pattern, String text) {
		Set<String> found = new LinkedHashSet<>();
		Matcher matcher = pattern.matcher(text);
		while (matcher.find()) {
			found.add(matcher.group(1));
		}
		return found;
	}

	/**
	 * A row.
	 *
	 * @param place where it stands
	 * @param section the heading above it
	 * @param columns how many cells it should have
	 * @param cells the cells it has
	 */
	record Row(String place, String section, int columns, List<String> cells) {

		/** The numbers and names that it is about. */
		Set<String> subjects() {
			String first = this.cells.get(0);
			Set<String> subjects = find(NUMBER, first);
			if (NAMED.contains(this.section)) {
				find(NAME, first.split(": ", 2)[0]).forEach((name) -> subjects.add(name.replaceFirst("\\(\\)$", "")));
			}
			return subjects;
		}

		String lastCell() {
			return this.cells.get(this.cells.size() - 1);
		}

		/** The tests that it names, as {@code Class#method}. */
		Set<String> tests() {
			return find(TEST, lastCell());
		}

	}

}
