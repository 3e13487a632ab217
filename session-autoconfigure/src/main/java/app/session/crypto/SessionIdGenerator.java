package app.session.crypto;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import app.session.SessionKey;
import app.session.WriterTag;
import org.jspecify.annotations.Nullable;

/**
 * Makes ids and secrets of random bytes, and writer tags. One call of
 * {@link SecureRandom} fills a pool for many of them; each byte is given out once and
 * erased. Thread-safe, with no thread's state and no lock but for the first tag: a thread
 * claims its part of the pool, and one that meets an empty pool another thread is filling
 * asks {@link SecureRandom} itself.
 */
public final class SessionIdGenerator implements SessionIds {

	private static final int POOLED_IDS = 64;

	/** The odd number nearest to 2^64 divided by the golden ratio: all steps differ. */
	private static final long TAG_STEP = 0x9E3779B97F4A7C15L;

	private final SecureRandom random;

	private final AtomicBoolean filling = new AtomicBoolean();

	// Filled on first use, so an image of the started process holds no ids to come.
	private volatile Pool pool = new Pool(new byte[0]);

	private volatile @Nullable AtomicLong nextTag;

	/**
	 * Creates a generator.
	 * @param random where all bytes come from; must be thread-safe, as those of the JDK
	 * are
	 */
	public SessionIdGenerator(SecureRandom random) {
		this.random = random;
	}

	@Override
	public SessionId newId() {
		byte[] bytes = nextBytes(SessionId.LENGTH);
		SessionId id = SessionId.read(bytes, 0);
		Arrays.fill(bytes, (byte) 0);
		return id;
	}

	@Override
	public SessionId newSecret(SessionKey key) {
		byte[] bytes = nextBytes(SessionId.SECRET_LENGTH);
		SessionId id = SessionId.of(key, bytes);
		Arrays.fill(bytes, (byte) 0);
		return id;
	}

	/**
	 * It is no secret, so it need not be a guess: each node begins at random and never
	 * gives out a tag twice.
	 */
	@Override
	public WriterTag newTag() {
		AtomicLong next = this.nextTag;
		return new WriterTag(((next != null) ? next : beginTags()).getAndAdd(TAG_STEP));
	}

	private synchronized AtomicLong beginTags() {
		AtomicLong next = this.nextTag;
		if (next == null) {
			next = new AtomicLong(ByteBuffer.wrap(nextBytes(Long.BYTES)).getLong());
			this.nextTag = next;
		}
		return next;
	}

	private byte[] nextBytes(int count) {
		byte[] bytes = new byte[count];
		if (this.pool.take(bytes)) {
			return bytes;
		}
		if (!this.filling.compareAndSet(false, true)) {
			this.random.nextBytes(bytes);
			return bytes;
		}
		try {
			// Another thread may have filled it between our look and our claim.
			if (!this.pool.take(bytes)) {
				fillPoolFor(bytes);
			}
			return bytes;
		}
		finally {
			this.filling.set(false);
		}
	}

	private void fillPoolFor(byte[] bytes) {
		byte[] fresh = new byte[POOLED_IDS * SessionId.LENGTH];
		this.random.nextBytes(fresh);
		Pool filled = new Pool(fresh);
		filled.take(bytes);
		this.pool = filled;
	}

	/**
	 * Random bytes not given out yet.
	 */
	private static final class Pool {

		private final byte[] bytes;

		private final AtomicInteger next = new AtomicInteger();

		Pool(byte[] bytes) {
			this.bytes = bytes;
		}

		/**
		 * Moves bytes out of the pool, so that it has them no more.
		 * @return false, and nothing is moved, if there are not enough left
		 */
		boolean take(byte[] target) {
			int from = claim(target.length);
			if (from < 0) {
				return false;
			}
			System.arraycopy(this.bytes, from, target, 0, target.length);
			Arrays.fill(this.bytes, from, from + target.length, (byte) 0);
			return true;
		}

		private int claim(int count) {
			while (true) {
				int from = this.next.get();
				if (count > this.bytes.length - from) {
					return -1;
				}
				if (this.next.compareAndSet(from, from + count)) {
					return from;
				}
			}
		}

	}

}
