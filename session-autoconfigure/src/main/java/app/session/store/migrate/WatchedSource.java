package app.session.store.migrate;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.store.SessionSource;
import org.jspecify.annotations.Nullable;

/**
 * The source of one request, which knows whether the request's session is still in it.
 * Safe for use by the threads of the request.
 */
final class WatchedSource implements SessionSource {

	private final SessionSource source;

	private final ToLongFunction<String> epoch;

	private volatile boolean session;

	/**
	 * Creates it.
	 * @param source the source, which can't list the sessions of a principal
	 * @param epoch how often all sessions of a principal were revoked
	 */
	WatchedSource(SessionSource source, ToLongFunction<String> epoch) {
		this.source = source;
		this.epoch = epoch;
	}

	/**
	 * Whether the session was found here, and not removed since.
	 */
	boolean hasSession() {
		return this.session;
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		return note(this.source.find(key));
	}

	@Override
	public @Nullable SessionRecord findAndTouch(SessionKey key) {
		return note(this.source.findAndTouch(key));
	}

	/**
	 * Nobody could find the session to end it when all of its principal's were revoked:
	 * so it has ended with them.
	 */
	private @Nullable SessionRecord note(@Nullable SessionRecord found) {
		String principal = (found != null) ? found.principal() : null;
		SessionRecord alive = (principal != null && this.epoch.applyAsLong(principal) > 0) ? null : found;
		this.session = alive != null;
		return alive;
	}

	@Override
	public boolean canTouch() {
		return this.source.canTouch();
	}

	@Override
	public boolean delete(SessionKey key) {
		boolean deleted = this.source.delete(key);
		this.session = false;
		return deleted;
	}

	@Override
	public long count() {
		return this.source.count();
	}

	@Override
	public Stream<SessionRecord> stream() {
		return this.source.stream();
	}

	@Override
	public List<SessionKey> members(String principal) {
		return this.source.members(principal);
	}

	@Override
	public void strikeOff(String principal, List<SessionKey> keys) {
		this.source.strikeOff(principal, keys);
	}

}
