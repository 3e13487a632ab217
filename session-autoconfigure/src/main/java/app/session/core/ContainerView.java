package app.session.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import app.session.SessionKey;
import app.session.crypto.SessionId;

/**
 * One request's session for code that was written for a container's: it asks for the
 * session without needing it, sets objects without telling their class, and comes when
 * the response has gone. Safe for use by several threads.
 */
public final class ContainerView {

	private final RequestGuard guard;

	private final @Nullable SessionId presented;

	private final SessionState state;

	private final SessionAttributes attributes;

	private final RequestPolicy policy;

	private final SessionTimes times;

	ContainerView(RequestGuard guard, @Nullable SessionId presented, SessionState state, SessionAttributes attributes,
			RequestPolicy policy, SessionTimes times) {
		this.guard = guard;
		this.presented = presented;
		this.state = state;
		this.attributes = attributes;
		this.policy = policy;
		this.times = times;
	}

	/**
	 * Whether there may be a session, as far as is known without asking the store.
	 * @return {@code false} only if there is certainly none
	 */
	public boolean mayExist() {
		return this.guard.locked(() -> switch (this.state.phase()) {
			case UNREAD, STORED -> true;
			case NEW -> !this.state.view().log().isEmpty();
			case ENDED, UNAVAILABLE -> false;
		});
	}

	/**
	 * The key under which the session is stored, as far as is known without asking the
	 * store: that of the id which the client brought, or of the session that this request
	 * has stored.
	 * @return the key, or {@code null} if the session is not stored
	 */
	public @Nullable SessionKey key() {
		return this.guard.locked(() -> {
			SessionId id = this.state.id();
			return (id == null || this.state.phase() == Phase.ENDED) ? null : id.key();
		});
	}

	/**
	 * How long the session lives when it is not used, as far as is known without asking
	 * the store.
	 * @return the timeout, or {@code null} if the session was not read
	 */
	public @Nullable Duration knownTimeout() {
		return this.guard.locked(() -> (this.state.phase() == Phase.STORED) ? this.times.timeout() : null);
	}

	/**
	 * The {@linkplain SessionId#name name} of the id that the client brought.
	 * @return the name, or {@code null} if it brought none
	 */
	public @Nullable String requestedName() {
		return (this.presented != null) ? this.presented.name() : null;
	}

	/**
	 * The {@linkplain SessionId#name name} of the id that this request's session has, or
	 * will have once it is stored. Loads nothing.
	 * @return the name, another one after each change of the id
	 */
	public String name() {
		return this.guard.locked(() -> this.state.nextId().name());
	}

	/**
	 * Sets an attribute to an object that comes back as what it was, without being told
	 * its class. May come when the response has gone, if the session is stored.
	 * @param name the attribute
	 * @param value the object
	 * @throws app.session.AttributeNotStorableException if it can't be stored
	 */
	public void setObject(String name, Object value) {
		changeAnyTime(() -> this.attributes.setObject(name, value));
	}

	/**
	 * Removes an attribute. May come when the response has gone, if the session is
	 * stored.
	 * @param name the attribute
	 */
	public void removeObject(String name) {
		changeAnyTime(() -> this.attributes.remove(name));
	}

	/**
	 * Code that was written for a container's session may change it after a redirect, as
	 * Spring Security does at a login. A stored session needs no cookie for that; it is
	 * written at once, since nobody comes later who would.
	 */
	private void changeAnyTime(Runnable change) {
		this.guard.change((fresh) -> {
			if (this.policy.isLate() && this.state.phase() == Phase.STORED && this.state.view().log().isEmpty()) {
				this.policy.runLate(change);
				this.attributes.write();
			}
			else {
				change.run();
			}
			return true;
		});
	}

	/**
	 * Stores the session if that has not been done, even if nothing is in it, so that the
	 * client gets an id in place of one that is worth nothing any more.
	 */
	public void keep() {
		if (this.guard.locked(() -> this.state.phase() == Phase.NEW)) {
			this.guard.change((fresh) -> {
				this.policy.checkWritable();
				this.state.view().add(Draft::keep);
				return true;
			});
		}
	}

}
