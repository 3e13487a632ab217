package app.session.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Walks a table by its key, some rows at a time, so that however large the table is, no
 * statement takes long. It looks without locking.
 */
final class TableWalk {

	private static final int PAGE = 500;

	private final SqlCalls calls;

	TableWalk(SqlCalls calls) {
		this.calls = calls;
	}

	/**
	 * The statement that reads a page: the keys behind a key, and whether each is looked
	 * for.
	 * @param condition what the rows that are looked for have in common
	 */
	static String page(String table, String condition) {
		return "SELECT id, CASE WHEN " + condition + " THEN 1 ELSE 0 END FROM " + table
				+ " WHERE id > ? ORDER BY id LIMIT ?";
	}

	/**
	 * Walks a table once.
	 * @param task what for, for the message
	 * @param page the {@linkplain #page statement} that reads a page
	 * @param found takes the keys that are looked for, a page's at a time
	 */
	void run(Supplier<String> task, String page, Consumer<List<byte[]>> found) {
		byte[] last = new byte[0];
		while (last != null) {
			Page next = read(task, page, last);
			if (!next.found().isEmpty()) {
				found.accept(next.found());
			}
			last = next.last();
		}
	}

	/**
	 * Deletes rows, each by itself.
	 * @param task what for, for the message
	 * @param page the {@linkplain #page statement} that reads a page
	 * @param delete deletes one by its key, if it is still to be deleted
	 */
	void delete(Supplier<String> task, String page, String delete) {
		run(task, page, (keys) -> keys
			.forEach((key) -> this.calls.update(task, delete, (statement) -> statement.setBytes(1, key))));
	}

	private Page read(Supplier<String> task, String page, byte[] after) {
		return this.calls.call(task, false, (connection) -> {
			List<byte[]> found = new ArrayList<>();
			byte[] last = null;
			int count = 0;
			try (PreparedStatement statement = connection.prepareStatement(page)) {
				statement.setBytes(1, after);
				statement.setInt(2, PAGE);
				try (ResultSet rows = statement.executeQuery()) {
					while (rows.next()) {
						count++;
						last = rows.getBytes(1);
						if (rows.getInt(2) == 1) {
							found.add(last);
						}
					}
				}
			}
			return new Page(found, (count < PAGE) ? null : last);
		});
	}

	private record Page(List<byte[]> found, byte @Nullable [] last) {
	}

}
