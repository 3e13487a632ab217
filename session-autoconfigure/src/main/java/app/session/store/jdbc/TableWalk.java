package app.session.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
		pages(task, page, (key, rows) -> (rows.getInt(2) == 1) ? key : null).filter((keys) -> !keys.isEmpty())
			.forEach(found);
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

	/**
	 * Walks a table as far as is asked for.
	 * @param <T> what is read of a row
	 * @param task what for, for the message
	 * @param page reads the rows behind a key, in the order of the keys, as many as told,
	 * with the key as {@code id}
	 * @param reader reads a row, or answers {@code null} to leave it out
	 * @return what was read, a page's at a time; the first is read at once
	 */
	<T> Stream<List<T>> pages(Supplier<String> task, String page, RowReader<T> reader) {
		return Stream
			.iterate(read(task, page, new byte[0], reader), (read) -> !read.isOver(),
					(read) -> (read.last() != null) ? read(task, page, read.last(), reader) : Page.over())
			.map(Page::found);
	}

	private <T> Page<T> read(Supplier<String> task, String page, byte[] after, RowReader<T> reader) {
		return this.calls.call(task, false, (connection) -> {
			List<T> found = new ArrayList<>();
			byte[] last = null;
			int count = 0;
			try (PreparedStatement statement = connection.prepareStatement(page)) {
				statement.setBytes(1, after);
				statement.setInt(2, PAGE);
				try (ResultSet rows = statement.executeQuery()) {
					while (rows.next()) {
						count++;
						last = rows.getBytes("id");
						T read = reader.read(last, rows);
						if (read != null) {
							found.add(read);
						}
					}
				}
			}
			return new Page<>(found, (count < PAGE) ? null : last, false);
		});
	}

	/**
	 * Reads a row.
	 *
	 * @param <T> what is read of it
	 */
	interface RowReader<T> {

		@Nullable T read(byte[] key, ResultSet rows) throws SQLException;

	}

	/**
	 * A page.
	 *
	 * @param last the key behind which the next begins, or {@code null} if there is none
	 * @param isOver whether it is what stands behind the last
	 */
	private record Page<T>(List<T> found, byte @Nullable [] last, boolean isOver) {

		static <T> Page<T> over() {
			return new Page<>(List.of(), null, true);
		}

	}

}
