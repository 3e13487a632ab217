package app.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The stored state of a session. Immutable.
 * <p>
 * A store interprets {@code version}, {@code writers}, the times and {@code principal};
 * {@code data} is opaque to it. The array is shared, not copied: nobody writes to it once
 * it is in a record.
 * <p>
 * The lengths of time are durations, not instants, because a shared store decides by its
 * own clock: it stamps {@code creationTime} on create, and {@code lastAccessedTime} on
 * create, update and touch, whatever the record it is given says.
 *
 * @param key the name of the record, the same for life
 * @param version how often the record was written: 1 when created, one more with each
 * update; a touch does not count
 * @param writers the tags of the last writers, newest first, from 1 to
 * {@value #MAX_WRITERS}
 * @param secretHash the hash of the current secret
 * @param creationTime when the session was created, by the store's clock, in milliseconds
 * @param lastAccessedTime when the session was last created, updated or touched, by the
 * store's clock, in milliseconds
 * @param idleTimeout how long the session lives after {@code lastAccessedTime}, in
 * milliseconds
 * @param lifetime how long the session lives after {@code creationTime} whatever is done
 * with it, in milliseconds
 * @param principal whose session it is, or {@code null} for an anonymous one
 * @param data the encoded attributes
 */
public record SessionRecord(SessionKey key, long version, List<WriterTag> writers, SecretHash secretHash,
		Instant creationTime, Instant lastAccessedTime, Duration idleTimeout, Duration lifetime,
		@Nullable String principal, byte[] data) {

	/** How many writers a record remembers. */
	public static final int MAX_WRITERS = 4;

	/**
	 * Creates a record.
	 */
	public SessionRecord {
		if (version < 1 || writers.isEmpty() || writers.size() > MAX_WRITERS) {
			throw new IllegalArgumentException("A record has a version from 1 on and 1 to " + MAX_WRITERS
					+ " writers, not version " + version + " and " + writers.size() + " writers");
		}
		writers = List.copyOf(writers);
	}

	/**
	 * When the session ends if nobody uses it again: the idle timeout after the last
	 * access, but no later than the lifetime after the creation. From this instant on it
	 * is expired.
	 * @return the instant, by the store's clock
	 */
	public Instant expiryTime() {
		Instant idleEnd = this.lastAccessedTime.plus(this.idleTimeout);
		Instant end = this.creationTime.plus(this.lifetime);
		return idleEnd.isBefore(end) ? idleEnd : end;
	}

	/**
	 * The tag of the commit that wrote this record.
	 * @return the newest writer
	 */
	public WriterTag writer() {
		return this.writers.get(0);
	}

	/**
	 * The record that follows this one, as {@link SessionRepository#update} takes it.
	 * @param writer the tag of the commit
	 * @param secretHash the hash of the secret from now on
	 * @param idleTimeout the idle timeout from now on
	 * @param principal whose session it is from now on
	 * @param data the encoded attributes from now on
	 * @return a record with the next version
	 */
	public SessionRecord next(WriterTag writer, SecretHash secretHash, Duration idleTimeout, @Nullable String principal,
			byte[] data) {
		List<WriterTag> tags = new ArrayList<>(MAX_WRITERS);
		tags.add(writer);
		tags.addAll(this.writers.subList(0, Math.min(this.writers.size(), MAX_WRITERS - 1)));
		return new SessionRecord(this.key, this.version + 1, Collections.unmodifiableList(tags), secretHash,
				this.creationTime, this.lastAccessedTime, idleTimeout, this.lifetime, principal, data);
	}

	/**
	 * This record with the times a store stamped on it.
	 * @param creationTime the creation time
	 * @param lastAccessedTime the time of the last access
	 * @return a record that differs in these two alone
	 */
	public SessionRecord stamped(Instant creationTime, Instant lastAccessedTime) {
		return new SessionRecord(this.key, this.version, this.writers, this.secretHash, creationTime, lastAccessedTime,
				this.idleTimeout, this.lifetime, this.principal, this.data);
	}

	/**
	 * Names the record without its contents.
	 */
	@Override
	public String toString() {
		return "SessionRecord[" + this.key + ", version " + this.version + ", " + this.data.length + " bytes]";
	}

}
