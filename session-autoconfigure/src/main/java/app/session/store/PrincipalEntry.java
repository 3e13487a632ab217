package app.session.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import app.session.PrincipalIndex.Admission;
import app.session.PrincipalIndex.Admission.Status;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionLimit.WhenFull;
import org.jspecify.annotations.Nullable;

/**
 * What is kept for one principal, and how it changes: the rules of a
 * {@link app.session.PrincipalIndex}, for all stores. Immutable.
 *
 * <table>
 * <caption>Its bytes, in this order, numbers big-endian</caption>
 * <tr>
 * <th>part</th>
 * <th>bytes</th>
 * </tr>
 * <tr>
 * <td>format, 1</td>
 * <td>1</td>
 * </tr>
 * <tr>
 * <td>epoch</td>
 * <td>8</td>
 * </tr>
 * <tr>
 * <td>how many members were left when they were last looked through</td>
 * <td>4</td>
 * </tr>
 * <tr>
 * <td>number of members</td>
 * <td>4</td>
 * </tr>
 * <tr>
 * <td>the members' keys, oldest login first</td>
 * <td>16 each</td>
 * </tr>
 * <tr>
 * <td>the keys of the condemned, to the end</td>
 * <td>16 each</td>
 * </tr>
 * </table>
 *
 * @param epoch how often all sessions of the principal were revoked
 * @param members its sessions, oldest login first
 * @param condemned its sessions that are to be deleted
 * @param lookedThrough how many members were left when those that had ended were last
 * struck off
 */
public record PrincipalEntry(long epoch, List<SessionKey> members, List<SessionKey> condemned, int lookedThrough) {

	private static final byte FORMAT = 1;

	private static final int HEADER = 1 + Long.BYTES + 2 * Integer.BYTES;

	/** So many members are kept without a look at whether they have ended. */
	private static final int FEW = 16;

	/**
	 * The entry of a principal that has no sessions.
	 * @param epoch the epoch
	 * @return an entry
	 */
	public static PrincipalEntry of(long epoch) {
		return new PrincipalEntry(epoch, List.of(), List.of(), 0);
	}

	/**
	 * Whether there is nothing in it but the epoch.
	 * @return {@code true} if it has neither members nor condemned sessions
	 */
	public boolean isQuiet() {
		return this.members.isEmpty() && this.condemned.isEmpty();
	}

	/**
	 * Whether half of the members were never looked at since they were admitted, so that
	 * it is worth it to strike off those that have ended.
	 */
	boolean isCrowded() {
		return this.members.size() >= 2 * Math.max(FEW, this.lookedThrough);
	}

	/**
	 * Makes a session a member, or refuses it.
	 * @param key the session
	 * @param epochSeen the epoch that was read before the credentials were checked
	 * @param limit how many sessions a principal may have
	 * @return the entry from now on, and the answer
	 */
	public Change<Admission> admit(SessionKey key, long epochSeen, SessionLimit limit) {
		Status status = statusFor(key, epochSeen, limit);
		PrincipalEntry next = (status == Status.ADMITTED) ? with(key, limit) : this;
		return new Change<>(next, new Admission(status, next.condemned));
	}

	private Status statusFor(SessionKey key, long epochSeen, SessionLimit limit) {
		if (epochSeen != this.epoch) {
			return Status.STALE;
		}
		if (this.members.contains(key)) {
			return Status.ADMITTED;
		}
		if (this.condemned.contains(key)) {
			return Status.CONDEMNED;
		}
		boolean full = this.members.size() >= limit.sessions();
		return (full && limit.whenFull() == WhenFull.REFUSE) ? Status.FULL : Status.ADMITTED;
	}

	private PrincipalEntry with(SessionKey key, SessionLimit limit) {
		if (this.members.contains(key)) {
			return this;
		}
		List<SessionKey> all = plus(this.members, List.of(key));
		int cut = Math.max(0, all.size() - limit.sessions());
		return new PrincipalEntry(this.epoch, List.copyOf(all.subList(cut, all.size())),
				plus(this.condemned, all.subList(0, cut)), this.lookedThrough);
	}

	/**
	 * Begins a new epoch and condemns all members but one.
	 * @param spared the member that stays, or {@code null} for none
	 * @return the entry from now on
	 */
	public PrincipalEntry revoke(@Nullable SessionKey spared) {
		List<SessionKey> ended = new ArrayList<>(this.members);
		List<SessionKey> kept = (spared != null && ended.remove(spared)) ? List.of(spared) : List.of();
		return new PrincipalEntry(this.epoch + 1, kept, plus(this.condemned, ended), kept.size());
	}

	/**
	 * Forgets sessions.
	 * @param keys the sessions
	 * @return the entry from now on
	 */
	public PrincipalEntry strikeOff(Collection<SessionKey> keys) {
		return new PrincipalEntry(this.epoch, minus(this.members, keys), minus(this.condemned, keys),
				this.lookedThrough);
	}

	/**
	 * Forgets members that have ended, after all were looked at.
	 */
	PrincipalEntry lookedThrough(Collection<SessionKey> ended) {
		List<SessionKey> left = minus(this.members, ended);
		return new PrincipalEntry(this.epoch, left, this.condemned, left.size());
	}

	private static List<SessionKey> plus(List<SessionKey> first, List<SessionKey> second) {
		if (second.isEmpty()) {
			return first;
		}
		List<SessionKey> all = new ArrayList<>(first.size() + second.size());
		all.addAll(first);
		all.addAll(second);
		return List.copyOf(all);
	}

	private static List<SessionKey> minus(List<SessionKey> keys, Collection<SessionKey> gone) {
		return keys.stream().anyMatch(gone::contains) ? keys.stream().filter((key) -> !gone.contains(key)).toList()
				: keys;
	}

	/**
	 * This entry as bytes.
	 * @return a new array
	 */
	public byte[] encode() {
		ByteBuffer buffer = ByteBuffer
			.allocate(HEADER + SessionKey.LENGTH * (this.members.size() + this.condemned.size()));
		buffer.put(FORMAT).putLong(this.epoch).putInt(this.lookedThrough).putInt(this.members.size());
		this.members.forEach((key) -> buffer.putLong(key.high()).putLong(key.low()));
		this.condemned.forEach((key) -> buffer.putLong(key.high()).putLong(key.low()));
		return buffer.array();
	}

	/**
	 * Reads an entry.
	 * @param bytes what {@link #encode} returned
	 * @return the entry, or {@code null} if the bytes are none
	 */
	public static @Nullable PrincipalEntry decode(byte[] bytes) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		try {
			if (buffer.get() != FORMAT) {
				return null;
			}
			long epoch = buffer.getLong();
			int lookedThrough = buffer.getInt();
			int members = buffer.getInt();
			int condemned = buffer.remaining() / SessionKey.LENGTH - members;
			if (members < 0 || condemned < 0 || buffer.remaining() % SessionKey.LENGTH != 0) {
				return null;
			}
			return new PrincipalEntry(epoch, keys(buffer, members), keys(buffer, condemned), lookedThrough);
		}
		catch (BufferUnderflowException ex) {
			return null;
		}
	}

	private static List<SessionKey> keys(ByteBuffer buffer, int count) {
		List<SessionKey> keys = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			keys.add(new SessionKey(buffer.getLong(), buffer.getLong()));
		}
		return List.copyOf(keys);
	}

	/**
	 * A change of an entry.
	 *
	 * @param next the entry from now on
	 * @param answer what is told of the change
	 * @param <T> the type of the answer
	 */
	public record Change<T>(PrincipalEntry next, T answer) {
	}

}
