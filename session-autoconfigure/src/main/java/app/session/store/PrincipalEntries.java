package app.session.store;

import java.time.Duration;
import java.util.stream.Stream;

import app.session.SessionReplyLostException;
import app.session.SessionStoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Where a store keeps the entries of its principals, for a {@link StoredPrincipalIndex}:
 * a map with compare-and-set. What an entry says is not the store's business. Each method
 * is one round trip, atomic in the store itself. Safe for use by many threads.
 * <p>
 * An entry is kept while a login can be under way that has read it, or a session be alive
 * that it names, or that its client holds with the epoch: for its {@linkplain #retention
 * retention}, after it was last written, whatever is in it.
 * <p>
 * Every method throws {@link SessionStoreUnavailableException} if the store does not
 * answer, and {@link SessionReplyLostException} if an entry may have been replaced all
 * the same.
 */
public interface PrincipalEntries {

	/**
	 * How long an entry is kept after it was last written.
	 * @param maxLifetime how long a session lives at most
	 * @return that, and an hour for a login that is under way
	 */
	static Duration retention(Duration maxLifetime) {
		return maxLifetime.plusHours(1);
	}

	/**
	 * Finds an entry.
	 * @param id the principal's SHA-256, 32 bytes
	 * @return the entry, or {@code null} if there is none
	 */
	byte @Nullable [] find(byte[] id);

	/**
	 * Replaces an entry if it is as expected.
	 * @param id the principal's SHA-256, 32 bytes
	 * @param expected the entry as it must be, or {@code null} if there must be none
	 * @param next the entry from now on
	 * @param unfinished whether it names sessions that are to be deleted
	 * @return {@code false} if the entry was not as expected and stays as it is
	 */
	boolean replace(byte[] id, byte @Nullable [] expected, byte[] next, boolean unfinished);

	/**
	 * The principals whose entries name sessions that are to be deleted, and maybe others
	 * besides. For the sweep, never on the path of a request.
	 * @return the ids, to be closed after use
	 */
	Stream<byte[]> unfinished();

}
