package app.session.store.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import app.session.store.TextRecords;

/**
 * Texts in memory, where a test can do what Node does, and what a crash does.
 */
final class MemoryTexts implements TextRecords {

	private final Map<String, Entry> entries = new TreeMap<>();

	private final InstantSource clock;

	/** The calls, as {@code create sess:abc}. */
	final List<String> calls = Collections.synchronizedList(new ArrayList<>());

	/** Run by the caller before each call, which it is told: may throw. */
	volatile Probe probe = (call) -> {
	};

	MemoryTexts(InstantSource clock) {
		this.clock = clock;
	}

	/** Sees a call before it is made. */
	interface Probe {

		void before(String call);

	}

	private void call(String call) {
		this.calls.add(call);
		this.probe.before(call);
	}

	@Override
	public @Nullable String find(String key) {
		call("find " + key);
		return text(key);
	}

	@Override
	public boolean create(String key, String text, @Nullable Duration life) {
		call("create " + key);
		synchronized (this) {
			if (text(key) != null) {
				return false;
			}
			put(key, text, life);
			return true;
		}
	}

	@Override
	public boolean replace(String key, String expected, String text, @Nullable Duration life) {
		call("replace " + key);
		synchronized (this) {
			if (!expected.equals(text(key))) {
				return false;
			}
			put(key, text, life);
			return true;
		}
	}

	@Override
	public boolean extend(String key, Duration life) {
		call("extend " + key);
		synchronized (this) {
			String text = text(key);
			if (text == null) {
				return false;
			}
			Instant end = this.entries.get(key).end();
			Instant later = this.clock.instant().plus(life);
			if (end != null && end.isBefore(later)) {
				this.entries.put(key, new Entry(text, later));
			}
			return true;
		}
	}

	@Override
	public boolean delete(String key) {
		call("delete " + key);
		return remove(key);
	}

	@Override
	public boolean delete(String key, String expected) {
		call("delete as read " + key);
		synchronized (this) {
			return expected.equals(text(key)) && remove(key);
		}
	}

	@Override
	public synchronized long count(String prefix) {
		return this.entries.keySet().stream().filter((key) -> key.startsWith(prefix) && text(key) != null).count();
	}

	/** As Node does, which asks nobody. */
	synchronized void put(String key, String text, @Nullable Duration life) {
		this.entries.put(key, new Entry(text, (life != null) ? this.clock.instant().plus(life) : null));
	}

	/** As Node does. */
	synchronized boolean remove(String key) {
		boolean present = text(key) != null;
		this.entries.remove(key);
		return present;
	}

	synchronized @Nullable String text(String key) {
		Entry entry = this.entries.get(key);
		return (entry != null && (entry.end() == null || this.clock.instant().isBefore(entry.end()))) ? entry.text()
				: null;
	}

	/** When a text goes, or {@code null} for never. */
	synchronized @Nullable Instant end(String key) {
		return this.entries.get(key).end();
	}

	synchronized List<String> keys() {
		return this.entries.keySet().stream().filter((key) -> text(key) != null).toList();
	}

	private record Entry(String text, @Nullable Instant end) {
	}

}
