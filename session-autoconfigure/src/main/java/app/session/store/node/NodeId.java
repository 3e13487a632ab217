package app.session.store.node;

import app.session.SessionKey;
import app.session.crypto.SessionId;
import app.session.store.DerivedIds;

/**
 * An id of a session as Node has it: a text that stands in the cookie and, as it is, in
 * the name of the record. Ours is derived from it, so it is the same for each request
 * that brings the text, and the handle that logs and pages show does not tell the text. A
 * session whose id changes has another handle in the next request.
 *
 * @param text the text, a secret
 * @param id what the engine knows it by
 */
record NodeId(String text, SessionId id) {

	private static final DerivedIds IDS = new DerivedIds("Node");

	static NodeId of(String text) {
		return new NodeId(text, IDS.of(text));
	}

	/**
	 * An id for a session that stays under its key for the rest of this request.
	 */
	static NodeId of(String text, SessionKey key) {
		return new NodeId(text, IDS.of(text, key));
	}

	/**
	 * Shows the handle, never the text.
	 */
	@Override
	public String toString() {
		return "NodeId[" + this.id.key() + ", masked]";
	}

}
