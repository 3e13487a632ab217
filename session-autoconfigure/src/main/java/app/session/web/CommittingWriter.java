package app.session.web;

import java.io.PrintWriter;

import org.jspecify.annotations.Nullable;

/**
 * The character stream of a {@link CommittingResponse}. What is not overridden ends up in
 * one of the methods that are.
 */
final class CommittingWriter extends PrintWriter {

	/**
	 * How many bytes are counted for a character. Some charsets need four; the margin
	 * that {@link CommittingResponse} leaves covers them.
	 */
	static final int BYTES_PER_CHAR = 3;

	private final PrintWriter delegate;

	private final CommittingResponse response;

	CommittingWriter(PrintWriter delegate, CommittingResponse response) {
		super(delegate);
		this.delegate = delegate;
		this.response = response;
	}

	private boolean admits(int chars) {
		return this.response.admits((long) BYTES_PER_CHAR * chars);
	}

	@Override
	public void write(int c) {
		if (admits(1)) {
			this.delegate.write(c);
		}
	}

	@Override
	public void write(char[] chars, int offset, int length) {
		if (admits(length)) {
			this.delegate.write(chars, offset, length);
		}
	}

	@Override
	public void write(String text, int offset, int length) {
		if (admits(length)) {
			this.delegate.write(text, offset, length);
		}
	}

	@Override
	public void println() {
		if (admits(2)) {
			this.delegate.println();
		}
	}

	// The three most used ones without the lock that the inherited ones hold, which
	// would be held through a call of the store.

	@Override
	public void println(@Nullable String text) {
		print(text);
		println();
	}

	@Override
	public void println(@Nullable Object value) {
		print(String.valueOf(value));
		println();
	}

	@Override
	public void println(char[] chars) {
		print(chars);
		println();
	}

	@Override
	public void flush() {
		if (this.response.mayCommit()) {
			this.delegate.flush();
		}
	}

	@Override
	public void close() {
		if (this.response.mayCommit()) {
			this.delegate.close();
		}
	}

}
