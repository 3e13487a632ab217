package app.session.store.redis;

import java.util.Objects;
import java.util.stream.Stream;

import app.session.SessionCatalog;
import app.session.SessionKey;
import app.session.SessionRecord;
import org.jspecify.annotations.Nullable;

/**
 * All sessions, by a walk through all keys.
 */
final class RedisCatalog implements SessionCatalog {

	private final RedisCalls calls;

	private final RedisScan scan;

	private final StoreKeys keys;

	RedisCatalog(RedisCalls calls, RedisScan scan, StoreKeys keys) {
		this.calls = calls;
		this.scan = scan;
		this.keys = keys;
	}

	@Override
	public long count() {
		try (Stream<SessionKey> found = sessions()) {
			return found.count();
		}
	}

	@Override
	public Stream<SessionRecord> stream() {
		return sessions().map(this::read).filter(Objects::nonNull).map(Objects::requireNonNull);
	}

	/** While Redis resizes its table, a walk may come by a key twice. */
	private Stream<SessionKey> sessions() {
		return this.scan.names(this.keys.recordPattern())
			.map(this.keys::toRecordKey)
			.filter(Objects::nonNull)
			.map(Objects::requireNonNull)
			.distinct();
	}

	private @Nullable SessionRecord read(SessionKey key) {
		byte[] value = this.calls.get(() -> "read session " + key, this.keys.record(key));
		return (value != null) ? ValueFormat.decode(key, value) : null;
	}

}
