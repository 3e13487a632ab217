package app.session.peers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import app.session.peers.PeerTable.Row;

/**
 * Finds what is missing in the pages that compare us with peers.
 */
final class PeerPageCheck {

	private final List<Row> rows;

	private final TestIndex tests;

	private final List<String> complaints = new ArrayList<>();

	private PeerPageCheck(List<Row> rows, TestIndex tests) {
		this.rows = rows;
		this.tests = tests;
	}

	/**
	 * Checks the pages.
	 * @param rows the rows of all pages
	 * @param subjects what each has one row about
	 * @param tests the tests there are
	 * @return what is wrong
	 */
	static List<String> complaints(List<Row> rows, Collection<String> subjects, TestIndex tests) {
		PeerPageCheck check = new PeerPageCheck(rows, tests);
		rows.forEach(check::checkCells);
		rows.forEach(check::checkTests);
		check.checkSubjects(subjects);
		check.checkExpectations();
		return check.complaints;
	}

	private void checkCells(Row row) {
		if (row.cells().size() != row.columns()) {
			complain(row, "has " + row.cells().size() + " cells instead of " + row.columns());
		}
		if (row.cells().stream().anyMatch(String::isEmpty)) {
			complain(row, "has an empty cell");
		}
		if (row.cells().stream().anyMatch((cell) -> cell.contains("TODO"))) {
			complain(row, "has something left to do");
		}
	}

	/** Who names no test says so, and the cell before says why. */
	private void checkTests(Row row) {
		if (row.tests().isEmpty() && !row.lastCell().equals("none")) {
			complain(row, "names no test");
		}
		for (String test : row.tests()) {
			if (!this.tests.has(test)) {
				complain(row, "names " + test + ", which there is not");
			}
		}
	}

	private void checkSubjects(Collection<String> subjects) {
		for (String subject : subjects) {
			long count = this.rows.stream().filter((row) -> row.subjects().contains(subject)).count();
			if (count != 1) {
				this.complaints.add("There are " + count + " rows about " + subject + " instead of one");
			}
		}
	}

	/**
	 * Each test that says it shows something stands in the row of that; and what koa's
	 * tests check is shown by a test that says so, unless it does not carry over.
	 */
	private void checkExpectations() {
		Map<String, Row> bySubject = new LinkedHashMap<>();
		this.rows.forEach((row) -> row.subjects().forEach((subject) -> bySubject.put(subject, row)));
		this.tests.expectations().forEach((subject, shown) -> {
			Row row = bySubject.get(subject);
			if (row == null) {
				this.complaints.add("There is no row about " + subject + ", which is shown by " + shown);
				return;
			}
			shown.stream()
				.filter((test) -> !names(row, test))
				.forEach((test) -> complain(row, "does not name " + test + ", which says that it shows " + subject));
		});
		bySubject.forEach((subject, row) -> {
			if (subject.startsWith("b.") && !row.lastCell().equals("none")
					&& !this.tests.expectations().containsKey(subject)) {
				complain(row, "names tests of which none says that it shows " + subject);
			}
		});
	}

	/** A class of tests is named by any of its own. */
	private static boolean names(Row row, String test) {
		Set<String> named = row.tests();
		return test.contains("#") ? named.contains(test)
				: named.stream().anyMatch((name) -> name.startsWith(test + "#"));
	}

	private void complain(Row row, String what) {
		this.complaints.add(row.place() + " " + row.cells().get(0) + ": " + what);
	}

}
