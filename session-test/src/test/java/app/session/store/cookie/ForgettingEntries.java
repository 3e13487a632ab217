package app.session.store.cookie;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import app.session.SessionStoreUnavailableException;
import app.session.store.PrincipalEntries;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are forgotten at the first moment at which a store may forget them, with
 * the calls counted, and a switch to make them fail.
 */
final class ForgettingEntries implements PrincipalEntries {

	private final Map<byte[], Entry> entries = new TreeMap<>(Arrays::compare);

	private final InstantSource clock;

	private final Duration retention;

	private int calls;

	private boolean down;

	ForgettingEntries(InstantSource clock, Duration retention) {
		this.clock = clock;
		this.retention = retention;
	}

	synchronized int takeCalls() {
		int taken = this.calls;
		this.calls = 0;
		return taken;
	}

	synchronized void down(boolean down) {
		this.down = down;
	}

	synchronized boolean isEmpty() {
		forget();
		return this.entries.isEmpty();
	}

	private void forget() {
		Instant now = this.clock.instant();
		this.entries.values().removeIf((entry) -> !now.isBefore(entry.written().plus(this.retention)));
	}

	private void call() {
		this.calls++;
		if (this.down) {
			throw new SessionStoreUnavailableException("The index is down", null);
		}
		forget();
	}

	@Override
	public synchronized byte @Nullable [] find(byte[] id) {
		call();
		Entry entry = this.entries.get(id);
		return (entry != null) ? entry.bytes() : null;
	}

	@Override
	public synchronized boolean replace(byte[] id, byte @Nullable [] expected, byte[] next, boolean unfinished) {
		call();
		Entry entry = this.entries.get(id);
		if (!Arrays.equals((entry != null) ? entry.bytes() : null, expected)) {
			return false;
		}
		this.entries.put(id, new Entry(next, this.clock.instant()));
		return true;
	}

	@Override
	public Stream<byte[]> unfinished() {
		return Stream.empty();
	}

	private record Entry(byte[] bytes, Instant written) {
	}

}
