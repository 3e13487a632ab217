package app.session.web;

import java.io.IOException;
import java.io.PrintWriter;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A response that calls its {@link ResponseHook} before anything that may commit it, and
 * drops what the hook refuses.
 * <p>
 * A container commits when its buffer is full, and earlier where it writes a large chunk
 * past the buffer: Jetty does so from a quarter of the buffer on. So the hook is called
 * before each write that makes a quarter of the buffer full, with three bytes counted for
 * a character, and before each later one until the response is committed. A write costs
 * an addition and a comparison.
 */
final class CommittingResponse extends HttpServletResponseWrapper {

	private static final int BUFFER_PART = 4;

	private final ResponseHook hook;

	private long written;

	private long limit;

	private long contentLength = -1;

	private @Nullable CommittingOutputStream stream;

	private @Nullable CommittingWriter writer;

	CommittingResponse(HttpServletResponse response, ResponseHook hook) {
		super(response);
		this.hook = hook;
	}

	/**
	 * Counts bytes that are about to be written.
	 * @param bytes how many there are at most
	 * @return {@code false} if they must not be written
	 */
	boolean admits(long bytes) {
		this.written += bytes;
		return this.written < this.limit || mayCommit();
	}

	/**
	 * Says that the response may be committed by what comes next.
	 * @return {@code false} if it must not come
	 */
	boolean mayCommit() {
		if (super.isCommitted()) {
			this.limit = Long.MAX_VALUE;
			return true;
		}
		boolean admitted = false;
		try {
			admitted = this.hook.beforeCommit();
		}
		finally {
			if (!admitted) {
				this.limit = 0;
			}
		}
		return admitted;
	}

	private void updateLimit() {
		long part = Math.max(1, getBufferSize() / BUFFER_PART);
		this.limit = (this.contentLength >= 0) ? Math.min(part, this.contentLength) : part;
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		if (this.stream == null) {
			this.stream = new CommittingOutputStream(super.getOutputStream(), this);
			updateLimit();
		}
		return this.stream;
	}

	@Override
	public PrintWriter getWriter() throws IOException {
		if (this.writer == null) {
			this.writer = new CommittingWriter(super.getWriter(), this);
			updateLimit();
		}
		return this.writer;
	}

	@Override
	public void setBufferSize(int size) {
		super.setBufferSize(size);
		updateLimit();
	}

	@Override
	public void flushBuffer() throws IOException {
		if (mayCommit()) {
			super.flushBuffer();
		}
	}

	@Override
	public void sendError(int status) throws IOException {
		if (mayFail(status)) {
			super.sendError(status);
		}
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		if (mayFail(status)) {
			super.sendError(status, message);
		}
	}

	private boolean mayFail(int status) {
		if (!super.isCommitted()) {
			super.setStatus(status);
		}
		return mayCommit();
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		if (mayCommit()) {
			super.sendRedirect(location);
		}
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		if (mayCommit()) {
			super.sendRedirect(location, status);
		}
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		if (mayCommit()) {
			super.sendRedirect(location, clearBuffer);
		}
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		if (mayCommit()) {
			super.sendRedirect(location, status, clearBuffer);
		}
	}

	@Override
	public void setContentLength(int length) {
		if (admitsLength(length)) {
			super.setContentLength(length);
		}
	}

	@Override
	public void setContentLengthLong(long length) {
		if (admitsLength(length)) {
			super.setContentLengthLong(length);
		}
	}

	/**
	 * A container ends the response when all of its length is written, also if the length
	 * is told after the bytes.
	 */
	private boolean admitsLength(long length) {
		this.contentLength = length;
		updateLimit();
		return length < 0 || this.written < length || mayCommit();
	}

	@Override
	public void setHeader(String name, @Nullable String value) {
		if (admitsHeader(name, value)) {
			super.setHeader(name, value);
			if (HttpHeaders.SET_COOKIE.equalsIgnoreCase(name)) {
				this.hook.headersCleared();
			}
		}
	}

	@Override
	public void addHeader(String name, @Nullable String value) {
		if (admitsHeader(name, value)) {
			super.addHeader(name, value);
		}
	}

	@Override
	public void setIntHeader(String name, int value) {
		if (!HttpHeaders.CONTENT_LENGTH.equalsIgnoreCase(name) || admitsLength(value)) {
			super.setIntHeader(name, value);
		}
	}

	@Override
	public void addIntHeader(String name, int value) {
		if (!HttpHeaders.CONTENT_LENGTH.equalsIgnoreCase(name) || admitsLength(value)) {
			super.addIntHeader(name, value);
		}
	}

	private boolean admitsHeader(String name, @Nullable String value) {
		if (value == null || !HttpHeaders.CONTENT_LENGTH.equalsIgnoreCase(name)) {
			return true;
		}
		try {
			return admitsLength(Long.parseLong(value));
		}
		catch (NumberFormatException ex) {
			return true;
		}
	}

	@Override
	public void reset() {
		super.reset();
		forgetBody();
		this.contentLength = -1;
		this.stream = null;
		this.writer = null;
		this.hook.headersCleared();
	}

	@Override
	public void resetBuffer() {
		super.resetBuffer();
		forgetBody();
	}

	private void forgetBody() {
		this.written = 0;
		updateLimit();
	}

}
