package app.session.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import app.session.peers.PeerTable.Row;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages that compare us with koa-session and express-session leave nothing out, and
 * name tests that there are.
 */
class PeerPageTests {

	private static final List<String> OPTIONS = List.of("key", "maxAge", "maxAge 'session'", "autoCommit", "overwrite",
			"httpOnly", "signed", "rolling", "renew", "secure", "secureProxy", "sameSite", "domain", "path", "priority",
			"partitioned", "expires", "store", "ContextStore", "externalKey", "genid", "prefix", "encode", "decode",
			"valid", "beforeSave");

	private static final List<String> MEMBERS = List.of("session.attributes", "session._name", "session.isNew",
			"session.length", "session.populated", "session.maxAge", "session.maxAge=", "session.externalKey",
			"session.toJSON", "session.inspect", "session.save", "session.regenerate", "session.manuallyCommit",
			"session = null", "session = {…}", "session = {}", "session = other");

	private static final List<String> EVENTS = List.of("session:missed", "session:expired", "session:invalid");

	private static final List<String> PAGES = List.of("koa-session.md", "koa-weaknesses.md", "express-session.md");

	private static final TestIndex TESTS = TestIndex.of(Path.of("target/test-classes"),
			Path.of("../session-autoconfigure/target/test-classes"));

	/** The last thing to turn green. */
	@Test
	void nothingIsLeftOutAndEachTestThatIsNamedIsThere() throws IOException {
		List<Row> rows = new ArrayList<>();
		for (String page : PAGES) {
			Path file = Path.of("../docs", page);
			if (Files.exists(file)) {
				rows.addAll(PeerTable.rows(page, Files.readString(file)));
			}
		}
		assertThat(PeerPageCheck.complaints(rows, subjects(), TESTS)).isEmpty();
	}

	private static List<String> subjects() {
		return Stream
			.of(numbers("b.", 74), numbers("c.", 50), numbers("K", 40), numbers("X", 23), OPTIONS.stream(),
					MEMBERS.stream(), EVENTS.stream())
			.flatMap((each) -> each)
			.toList();
	}

	private static Stream<String> numbers(String letter, int last) {
		return IntStream.rangeClosed(1, last).mapToObj((number) -> letter + number);
	}

	private static List<String> complaints(String row, String... subjects) {
		String page = """
				## Options

				| koa-session | ours | why | test |
				|---|---|---|---|
				%s
				""".formatted(row);
		return PeerPageCheck.complaints(PeerTable.rows("page", page), List.of(subjects), TESTS)
			.stream()
			.filter((complaint) -> complaint.startsWith("page:5") || complaint.startsWith("There are "))
			.toList();
	}

	@Test
	void aRowThatHasAllItNeedsIsRight() {
		assertThat(complaints("| `session.isNew`: new | the same | no difference | "
				+ "`SessionObjectTests#aSessionIsNewInTheRequestThatBeginsIt` |", "session.isNew"))
			.isEmpty();
		assertThat(complaints("| `other` | nothing | does not carry over | none |", "other")).isEmpty();
	}

	@Test
	void whatIsLeftOutIsFound() {
		String test = "`RenewTests#aForgedCookieIsNotRenewed`";
		assertThat(complaints("| `other` | | why | " + test + " |")).singleElement()
			.asString()
			.endsWith("has an empty cell");
		assertThat(complaints("| `other` | ours | " + test + " |")).singleElement()
			.asString()
			.endsWith("has 3 cells instead of 4");
		assertThat(complaints("| `other` | ours | TODO(hooks) | " + test + " |")).singleElement()
			.asString()
			.endsWith("has something left to do");
		assertThat(complaints("| `other` | ours | why | by hand |")).singleElement()
			.asString()
			.endsWith("names no test");
		assertThat(complaints("| `other` | ours | why | `RenewTests#noSuchTest`, `NoSuchTests#any` |")).hasSize(2)
			.allMatch((complaint) -> complaint.endsWith("which there is not"));
		assertThat(complaints("| `other` | ours | why | `RenewTests#start` |")).as("no test, but a method").hasSize(1);
		assertThat(complaints("| `other` | ours | why | none |", "missing"))
			.containsExactly("There are 0 rows about missing instead of one");
		assertThat(complaints("| b.1, `other` | ours | why | none |\n| `other` | ours | why | none |", "other"))
			.contains("There are 2 rows about other instead of one");
	}

	@Test
	void aTestThatSaysWhatItShowsHasToStandInItsRow() {
		assertThat(complaints("| `session.isNew` | ours | why | `RenewTests#aForgedCookieIsNotRenewed` |"))
			.singleElement()
			.asString()
			.contains("does not name SessionObjectTests#aSessionIsNew");
		assertThat(complaints("| b.4711 | ours | why | `RenewTests#aForgedCookieIsNotRenewed` |")).singleElement()
			.asString()
			.endsWith("of which none says that it shows b.4711");
	}

	@Test
	void testsAreFoundInOtherModulesAndInWhatAClassExtends() {
		assertThat(TESTS.has("SentCookiesTests#aCookieThatThisNodeDidNotSendMayBeAboutToEnd")).isTrue();
		assertThat(TESTS.has("PostgresBudgetHttpTests#aRead")).isTrue();
		assertThat(TESTS.has("PostgresBudgetHttpTests#aReading")).isFalse();
	}

}
