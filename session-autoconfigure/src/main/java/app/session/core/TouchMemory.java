package app.session.core;

import org.jspecify.annotations.Nullable;

import app.session.SecretHash;
import app.session.SessionKey;
import app.session.crypto.SessionId;

/**
 * When this node last wrote down a use of a session, so that a request need not ask the
 * store whether it is time to. It may forget: then a session is touched once too often.
 */
interface TouchMemory {

	/** Forgets at once. */
	TouchMemory NONE = new TouchMemory() {

		@Override
		public void touched(SessionKey key, Rhythm rhythm) {
			// It would be of no use.
		}

		@Override
		public Recalled recall(SessionId id) {
			return Recalled.NOTHING;
		}

		@Override
		public void forget(SessionKey key) {
			// There is nothing.
		}

	};

	/**
	 * Notes that the session was just touched, or written.
	 */
	void touched(SessionKey key, Rhythm rhythm);

	/**
	 * What this node knows of the session without reading it.
	 */
	Recalled recall(SessionId id);

	/**
	 * Forgets a session.
	 */
	void forget(SessionKey key);

	/**
	 * How a session is to be touched.
	 *
	 * @param secretHash the hash of its secret
	 * @param interval how long a use may go unwritten, in milliseconds
	 * @param idle how long it lives after a use by the present configuration, in
	 * milliseconds
	 * @param end when it ends whatever is done with it by the present configuration, in
	 * milliseconds
	 */
	record Rhythm(SecretHash secretHash, long interval, long idle, long end) {

		/**
		 * Whether the session is to be touched alike. Its end is left out: a session's
		 * never changes, and that of one created here is by this node's clock until it is
		 * read, which differs from the store's.
		 */
		boolean isSame(Rhythm other) {
			return this.idle == other.idle && this.interval == other.interval
					&& this.secretHash.equals(other.secretHash);
		}

	}

	/**
	 * What this node knows of a session.
	 *
	 * @param due whether a use of it is to be written down
	 * @param rhythm how it is to be touched, {@code null} if it has to be read for that
	 */
	record Recalled(boolean due, @Nullable Rhythm rhythm) {

		/** The session may be new here, or long forgotten. */
		static final Recalled NOTHING = new Recalled(true, null);

		/** A use by a retired id is none of the session's. */
		static final Recalled OTHER_ID = new Recalled(false, null);

	}

}
