package app.session;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a session, published as a Spring application event after the
 * fact: {@code @EventListener void on(SessionEvent.Created event)}. Events carry the key,
 * whose text is the handle, and never an id. A listener that throws changes nothing.
 */
public sealed interface SessionEvent {

	/**
	 * A session was stored for the first time.
	 *
	 * @param key its key
	 */
	record Created(SessionKey key) implements SessionEvent {
	}

	/**
	 * A session has a new id; the old one is retired.
	 *
	 * @param key its key, which stays
	 */
	record IdChanged(SessionKey key) implements SessionEvent {
	}

	/** A session has ended. */
	sealed interface Ended extends SessionEvent {

		/**
		 * The session's key.
		 * @return the key
		 */
		SessionKey key();

		/**
		 * Whose it was.
		 * @return the principal, or {@code null} for an anonymous session
		 */
		@Nullable String principal();

	}

	/**
	 * A session's time ran out, and the store noticed. Not every store does.
	 *
	 * @param key its key
	 * @param principal whose it was
	 */
	record Expired(SessionKey key, @Nullable String principal) implements Ended {
	}

	/**
	 * A session was ended before its time.
	 *
	 * @param key its key
	 * @param principal whose it was
	 * @param reason why
	 */
	record Destroyed(SessionKey key, @Nullable String principal, Reason reason) implements Ended {

		/** Why a session was ended. */
		public enum Reason {

			/** {@link Session#invalidate()}. */
			INVALIDATED,

			/** {@link Session#reset()}. */
			RESET,

			/** From outside, by {@link Sessions}. */
			REVOKED,

			/** A login could not be admitted, or one beyond the limit took its place. */
			LIMITED,

			/** The store was full. */
			EVICTED

		}

	}

	/**
	 * A cookie of ours came that we did not make, or not for this application.
	 *
	 * @param reason what is wrong with it
	 */
	record InvalidCookie(Reason reason) implements SessionEvent {

		/** What is wrong with a cookie. */
		public enum Reason {

			/** It has not the form of our cookie. */
			MALFORMED,

			/** No key of the ring made its signature. */
			BAD_SIGNATURE,

			/** There are several, of different sessions. */
			AMBIGUOUS

		}

	}

	/**
	 * A valid id came whose session is gone: expired, destroyed, or lost by the store.
	 *
	 * @param key the key it named
	 */
	record Missed(SessionKey key) implements SessionEvent {
	}

	/**
	 * An id came that an id change retired: a late request, or somebody who knew the old
	 * id.
	 *
	 * @param key the key it named
	 */
	record RetiredIdUsed(SessionKey key) implements SessionEvent {
	}

	/**
	 * A session was brought by a client that a {@link SessionHook} keeps from it. It
	 * lives on.
	 *
	 * @param key its key
	 */
	record Invalid(SessionKey key) implements SessionEvent {
	}

	/**
	 * A request wrote attributes that another request had written since they were loaded:
	 * the later one won.
	 *
	 * @param key the session's key
	 * @param names the attributes
	 */
	record ConflictMerged(SessionKey key, Set<String> names) implements SessionEvent {
	}

	/**
	 * Changes of a request were not saved.
	 *
	 * @param key the session's key
	 * @param names the attributes, empty for changes of the session itself
	 * @param reason why
	 */
	record ChangesDropped(SessionKey key, Set<String> names, Reason reason) implements SessionEvent {

		/** Why changes were dropped. */
		public enum Reason {

			/** The session ended while the request ran. */
			SESSION_ENDED,

			/** The session's id changed while the request ran. */
			ID_CHANGED,

			/** The request failed, and {@code app.session.discard-on-error} is set. */
			ERROR,

			/**
			 * Nobody saved them in time: an object was changed in place after the
			 * response was committed, or {@code app.session.auto-commit} is off and the
			 * handler did not save.
			 */
			TOO_LATE

		}

	}

	/**
	 * The store did not answer when a session was read, and the request went on without
	 * it, as {@code app.session.on-store-failure=anonymous} says. Once for each request.
	 *
	 * @param key the key that was asked for
	 */
	record StoreUnavailable(SessionKey key) implements SessionEvent {
	}

	/**
	 * An attribute can't be read as the type that was asked for; it reads as absent.
	 *
	 * @param key the session's key
	 * @param name the attribute
	 */
	record AttributeUnreadable(SessionKey key, String name) implements SessionEvent {
	}

	/**
	 * A record can't be read; the session reads as absent.
	 *
	 * @param key the record's key
	 */
	record RecordUnreadable(SessionKey key) implements SessionEvent {
	}

}
