package app.session.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import app.session.SecretHash;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.WriterTag;
import org.jspecify.annotations.Nullable;

/**
 * Makes records for tests. Keys, tags and hashes are random but not secret. Immutable:
 * each method that sets something returns another builder.
 */
public final class SessionRecords {

	/** The idle timeout of a record unless another is set. */
	public static final Duration IDLE_TIMEOUT = Duration.ofMinutes(30);

	/** The lifetime of a record unless another is set. */
	public static final Duration LIFETIME = Duration.ofHours(24);

	private final Duration idleTimeout;

	private final Duration lifetime;

	private final @Nullable String principal;

	private final byte[] data;

	private SessionRecords(Duration idleTimeout, Duration lifetime, @Nullable String principal, byte[] data) {
		this.idleTimeout = idleTimeout;
		this.lifetime = lifetime;
		this.principal = principal;
		this.data = data;
	}

	/**
	 * Starts with an anonymous record without data, of the usual timeouts.
	 * @return a builder
	 */
	public static SessionRecords records() {
		return new SessionRecords(IDLE_TIMEOUT, LIFETIME, null, new byte[0]);
	}

	/**
	 * A new record of version 1 under a random key.
	 * @return the record, ready for {@code create}
	 */
	public static SessionRecord newRecord() {
		return records().build();
	}

	/**
	 * The successor of a record with other data and a new writer.
	 * @param record the record as it was read
	 * @param data the data from now on
	 * @return the record, ready for {@code update}
	 */
	public static SessionRecord withData(SessionRecord record, byte[] data) {
		return record.next(newTag(), record.secretHash(), record.idleTimeout(), record.principal(), data);
	}

	/**
	 * The successor of a record with other data, as text, and a new writer.
	 * @param record the record as it was read
	 * @param data the data from now on
	 * @return the record, ready for {@code update}
	 */
	public static SessionRecord withData(SessionRecord record, String data) {
		return withData(record, data.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The successor of a record with another secret: an id change.
	 * @param record the record as it was read
	 * @param secretHash the hash from now on
	 * @return the record, ready for {@code update}
	 */
	public static SessionRecord withSecret(SessionRecord record, SecretHash secretHash) {
		return record.next(newTag(), secretHash, record.idleTimeout(), record.principal(), record.data());
	}

	/**
	 * The successor of a record with another secret and a principal: a login.
	 * @param record the record as it was read
	 * @param principal whose session it is from now on
	 * @return the record, ready for {@code update}
	 */
	public static SessionRecord withPrincipal(SessionRecord record, @Nullable String principal) {
		return record.next(newTag(), newHash(), record.idleTimeout(), principal, record.data());
	}

	/**
	 * The successor of a record with another idle timeout.
	 * @param record the record as it was read
	 * @param idleTimeout the timeout from now on
	 * @return the record, ready for {@code update}
	 */
	public static SessionRecord withIdleTimeout(SessionRecord record, Duration idleTimeout) {
		return record.next(newTag(), record.secretHash(), idleTimeout, record.principal(), record.data());
	}

	/**
	 * The data of a record as text.
	 * @param record the record
	 * @return the text
	 */
	public static String text(SessionRecord record) {
		return new String(record.data(), StandardCharsets.UTF_8);
	}

	/**
	 * A random key.
	 * @return the key
	 */
	public static SessionKey newKey() {
		Random random = ThreadLocalRandom.current();
		return new SessionKey(random.nextLong(), random.nextLong());
	}

	/**
	 * A random tag.
	 * @return the tag
	 */
	public static WriterTag newTag() {
		return new WriterTag(ThreadLocalRandom.current().nextLong());
	}

	/**
	 * A random hash.
	 * @return the hash
	 */
	public static SecretHash newHash() {
		byte[] bytes = new byte[SecretHash.LENGTH];
		ThreadLocalRandom.current().nextBytes(bytes);
		return SecretHash.of(bytes);
	}

	/**
	 * Sets the idle timeout.
	 * @param idleTimeout the timeout
	 * @return another builder
	 */
	public SessionRecords idleTimeout(Duration idleTimeout) {
		return new SessionRecords(idleTimeout, this.lifetime, this.principal, this.data);
	}

	/**
	 * Sets the lifetime.
	 * @param lifetime the lifetime
	 * @return another builder
	 */
	public SessionRecords lifetime(Duration lifetime) {
		return new SessionRecords(this.idleTimeout, lifetime, this.principal, this.data);
	}

	/**
	 * Sets the principal.
	 * @param principal the principal, or {@code null} for none
	 * @return another builder
	 */
	public SessionRecords principal(@Nullable String principal) {
		return new SessionRecords(this.idleTimeout, this.lifetime, principal, this.data);
	}

	/**
	 * Sets the data.
	 * @param data the data; the array is not copied
	 * @return another builder
	 */
	public SessionRecords data(byte[] data) {
		return new SessionRecords(this.idleTimeout, this.lifetime, this.principal, data);
	}

	/**
	 * Sets the data as text.
	 * @param data the data
	 * @return another builder
	 */
	public SessionRecords data(String data) {
		return data(data.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Makes a record of version 1 under a random key.
	 * @return the record
	 */
	public SessionRecord build() {
		return build(newKey());
	}

	/**
	 * Makes a record of version 1.
	 * @param key its key
	 * @return the record
	 */
	public SessionRecord build(SessionKey key) {
		return new SessionRecord(key, 1, List.of(newTag()), newHash(), Instant.EPOCH, Instant.EPOCH, this.idleTimeout,
				this.lifetime, this.principal, this.data);
	}

}
