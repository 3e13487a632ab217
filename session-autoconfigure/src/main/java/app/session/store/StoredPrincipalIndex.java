package app.session.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import app.session.PrincipalIndex;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionReplyLostException;
import app.session.SessionRepository;
import app.session.SessionStoreUnavailableException;
import app.session.store.PrincipalEntry.Change;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * The principals of a store that is shared by several nodes. A change reads an entry,
 * computes the next one, and replaces it if nobody else has meanwhile; otherwise it
 * begins again. Safe for use by many threads.
 * <p>
 * A node remembers the entries that it saw last, and tries those first: so a login costs
 * two calls, one that reads the epoch and one that replaces the entry. What is remembered
 * may be old, which the comparison in the store finds out; it never decides alone.
 * <p>
 * Members that have ended without a word (expired, or logged out) are struck off when
 * half of the members were never looked at, which costs a login two more calls on
 * average, and only a principal with 32 sessions or more.
 */
public final class StoredPrincipalIndex implements PrincipalIndex {

	private static final int REMEMBERED_BYTES = 1 << 20;

	private final PrincipalEntries entries;

	private final SessionRepository repository;

	private final Duration limit;

	private final InstantSource clock;

	private final Cache<ByteBuffer, Stored> remembered = Caffeine.newBuilder()
		.maximumWeight(REMEMBERED_BYTES)
		.weigher((ByteBuffer id, Stored stored) -> id.capacity() + stored.size())
		.executor(Runnable::run)
		.build();

	/**
	 * Creates an index.
	 * @param entries where entries are kept
	 * @param repository the sessions that they name
	 * @param limit how long a change may take if others change the same entry all the
	 * time
	 * @param clock by which that is measured
	 */
	public StoredPrincipalIndex(PrincipalEntries entries, SessionRepository repository, Duration limit,
			InstantSource clock) {
		this.entries = entries;
		this.repository = repository;
		this.limit = limit;
		this.clock = clock;
	}

	@Override
	public long epoch(String principal) {
		return read(id(principal)).entry().epoch();
	}

	@Override
	public List<SessionKey> members(String principal) {
		return read(id(principal)).entry().members();
	}

	@Override
	public Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
		byte[] id = id(principal);
		Change<Admission> change = change(id, (entry) -> entry.admit(key, epoch, limit));
		if (change.next().isCrowded()) {
			lookThrough(principal, id, change.next().members());
		}
		return change.answer();
	}

	/**
	 * Forgets members that are none any more. A member's record named its principal
	 * before it was admitted: one that names another, or nobody, has logged out, or is
	 * what a session has left that ended while it was moved.
	 */
	private void lookThrough(String principal, byte[] id, List<SessionKey> members) {
		List<SessionKey> ended = members.stream().filter((key) -> !isOf(principal, this.repository.find(key))).toList();
		change(id, (entry) -> new Change<>(entry.lookedThrough(ended), true));
	}

	private static boolean isOf(String principal, @Nullable SessionRecord record) {
		return record != null && principal.equals(record.principal());
	}

	@Override
	public List<SessionKey> revoke(String principal, @Nullable SessionKey spared) {
		return change(id(principal), (entry) -> {
			PrincipalEntry next = entry.revoke(spared);
			return new Change<>(next, next.condemned());
		}).answer();
	}

	@Override
	public void strikeOff(String principal, List<SessionKey> keys) {
		strikeOff(id(principal), keys);
	}

	private void strikeOff(byte[] id, List<SessionKey> keys) {
		if (!keys.isEmpty()) {
			change(id, (entry) -> new Change<>(entry.strikeOff(keys), true));
		}
	}

	/**
	 * Deletes what is condemned, where a node died before it did. An entry that can't be
	 * read is left to those who can: it must not keep the others waiting.
	 */
	public void finish() {
		try (Stream<byte[]> unfinished = this.entries.unfinished()) {
			unfinished.forEach((id) -> {
				Stored stored = find(id);
				if (stored != null) {
					List<SessionKey> condemned = stored.entry().condemned();
					condemned.forEach(this.repository::delete);
					strikeOff(id, condemned);
				}
			});
		}
	}

	private <T> Change<T> change(byte[] id, Function<PrincipalEntry, Change<T>> step) {
		long deadline = this.clock.millis() + this.limit.toMillis();
		Stored known = this.remembered.getIfPresent(ByteBuffer.wrap(id));
		boolean lost = false;
		Stored stored = (known != null) ? known : read(id);
		while (true) {
			Change<T> change = step.apply(stored.entry());
			boolean changes = !change.next().equals(stored.entry());
			if (!changes && stored != known) {
				return change;
			}
			try {
				if (changes && replace(id, stored, change.next())) {
					return change;
				}
			}
			catch (SessionReplyLostException ex) {
				// Each step may be taken twice: the entry itself tells whether it was.
				if (lost) {
					throw ex;
				}
				lost = true;
			}
			if (this.clock.millis() > deadline) {
				throw new SessionStoreUnavailableException(
						"The sessions of a principal were changed by others for " + this.limit, null);
			}
			stored = read(id);
		}
	}

	private boolean replace(byte[] id, Stored stored, PrincipalEntry next) {
		byte[] bytes = next.encode();
		ByteBuffer name = ByteBuffer.wrap(id);
		// Should the answer get lost, what is known now may be old.
		this.remembered.invalidate(name);
		if (!this.entries.replace(id, stored.bytes(), bytes, !next.condemned().isEmpty())) {
			return false;
		}
		this.remembered.put(name, new Stored(bytes, next));
		return true;
	}

	private Stored read(byte[] id) {
		Stored stored = find(id);
		if (stored == null) {
			// To begin anew would bring revoked sessions back.
			throw new SessionStoreUnavailableException("The entry of a principal can't be read", null);
		}
		return stored;
	}

	/**
	 * What is stored, or {@code null} if it can't be read.
	 */
	private @Nullable Stored find(byte[] id) {
		byte[] bytes = this.entries.find(id);
		PrincipalEntry entry = (bytes != null) ? PrincipalEntry.decode(bytes) : PrincipalEntry.of(0);
		if (entry == null) {
			return null;
		}
		Stored stored = new Stored(bytes, entry);
		this.remembered.put(ByteBuffer.wrap(id), stored);
		return stored;
	}

	private static byte[] id(String principal) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(principal.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Stored(byte @Nullable [] bytes, PrincipalEntry entry) {

		int size() {
			return (this.bytes != null) ? this.bytes.length : 1;
		}

	}

}
