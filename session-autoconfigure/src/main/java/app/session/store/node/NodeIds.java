package app.session.store.node;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import app.session.SecretHash;
import app.session.SessionKey;
import app.session.WriterTag;
import app.session.crypto.SessionId;
import app.session.crypto.SessionIds;
import org.jspecify.annotations.Nullable;

/**
 * The ids that one request has to do with: the one that its client brought, and those
 * made in it. Ours can't be turned back into Node's, so they are remembered. Safe for use
 * by the threads of one request.
 */
final class NodeIds implements SessionIds {

	private final Supplier<String> texts;

	private final SessionIds tags;

	private final List<NodeId> known = new ArrayList<>(2);

	/**
	 * Creates it.
	 * @param texts makes the text of a new id
	 * @param tags makes writer tags
	 */
	NodeIds(Supplier<String> texts, SessionIds tags) {
		this.texts = texts;
		this.tags = tags;
	}

	/**
	 * Takes the text that the client brought.
	 */
	SessionId brought(String text) {
		return remember(NodeId.of(text));
	}

	@Override
	public SessionId newId() {
		return remember(NodeId.of(this.texts.get()));
	}

	@Override
	public SessionId newSecret(SessionKey key) {
		return remember(NodeId.of(this.texts.get(), key));
	}

	@Override
	public WriterTag newTag() {
		return this.tags.newTag();
	}

	/**
	 * The id under a key that has a secret.
	 * @param secretHash the hash of the secret
	 * @throws IllegalArgumentException if it is not of this request
	 */
	synchronized NodeId get(SessionKey key, SecretHash secretHash) {
		for (NodeId each : this.known) {
			if (each.id().key().equals(key) && each.id().secretHash().equals(secretHash)) {
				return each;
			}
		}
		throw new IllegalArgumentException("Session " + key + " is not one that this request knows");
	}

	/**
	 * The first id under a key: the one that the client brought, or the session began
	 * with.
	 */
	synchronized @Nullable NodeId first(SessionKey key) {
		for (NodeId each : this.known) {
			if (each.id().key().equals(key)) {
				return each;
			}
		}
		return null;
	}

	private synchronized SessionId remember(NodeId id) {
		this.known.add(id);
		return id.id();
	}

}
