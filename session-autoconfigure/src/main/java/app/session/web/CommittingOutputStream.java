package app.session.web;

import java.io.IOException;
import java.nio.ByteBuffer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/**
 * The byte stream of a {@link CommittingResponse}.
 */
final class CommittingOutputStream extends ServletOutputStream {

	private static final int BYTES_PER_CHAR = CommittingWriter.BYTES_PER_CHAR;

	private final ServletOutputStream delegate;

	private final CommittingResponse response;

	CommittingOutputStream(ServletOutputStream delegate, CommittingResponse response) {
		this.delegate = delegate;
		this.response = response;
	}

	@Override
	public void write(int b) throws IOException {
		if (this.response.admits(1)) {
			this.delegate.write(b);
		}
	}

	@Override
	public void write(byte[] bytes) throws IOException {
		if (this.response.admits(bytes.length)) {
			this.delegate.write(bytes);
		}
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		if (this.response.admits(length)) {
			this.delegate.write(bytes, offset, length);
		}
	}

	@Override
	public void write(ByteBuffer buffer) throws IOException {
		if (this.response.admits(buffer.remaining())) {
			this.delegate.write(buffer);
		}
		else {
			buffer.position(buffer.limit());
		}
	}

	// The container's own print knows the response's charset, where the default one
	// refuses all but Latin-1. The other print methods end up here.

	@Override
	public void print(String text) throws IOException {
		if (this.response.admits((long) BYTES_PER_CHAR * String.valueOf(text).length())) {
			this.delegate.print(text);
		}
	}

	@Override
	public void println(String text) throws IOException {
		print(text);
		println();
	}

	@Override
	public void println() throws IOException {
		print("\r\n");
	}

	@Override
	public void flush() throws IOException {
		if (this.response.mayCommit()) {
			this.delegate.flush();
		}
	}

	@Override
	public void close() throws IOException {
		if (this.response.mayCommit()) {
			this.delegate.close();
		}
	}

	@Override
	public boolean isReady() {
		return this.delegate.isReady();
	}

	@Override
	public void setWriteListener(WriteListener listener) {
		this.delegate.setWriteListener(listener);
	}

}
