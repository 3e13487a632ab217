package app.session.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import app.session.SessionReplyLostException;
import org.jspecify.annotations.Nullable;

/**
 * Entries in a map, whose calls are written down and whose replies can get lost.
 */
final class MapEntries implements PrincipalEntries {

	private final Map<byte[], byte[]> entries = Collections.synchronizedMap(new TreeMap<>(Arrays::compare));

	private final List<byte[]> unfinished = new ArrayList<>();

	private final List<String> calls = new ArrayList<>();

	private int repliesToLose;

	private boolean lostWritesArrive = true;

	synchronized List<String> takeCalls() {
		List<String> taken = List.copyOf(this.calls);
		this.calls.clear();
		return taken;
	}

	synchronized void loseReplies(int number, boolean writesArrive) {
		this.repliesToLose = number;
		this.lostWritesArrive = writesArrive;
	}

	synchronized void overwriteAll(byte[] entry) {
		this.entries.replaceAll((id, stored) -> entry);
	}

	@Override
	public synchronized byte @Nullable [] find(byte[] id) {
		this.calls.add("find");
		return this.entries.get(id);
	}

	@Override
	public synchronized boolean replace(byte[] id, byte @Nullable [] expected, byte[] next, boolean unfinished) {
		this.calls.add("replace");
		boolean lost = this.repliesToLose > 0;
		boolean replaced = Arrays.equals(this.entries.get(id), expected);
		if (replaced && !(lost && !this.lostWritesArrive)) {
			this.entries.put(id, next);
			this.unfinished.removeIf((other) -> Arrays.equals(other, id));
			if (unfinished) {
				this.unfinished.add(id);
			}
		}
		if (lost) {
			this.repliesToLose--;
			throw new SessionReplyLostException("The reply was lost", null);
		}
		return replaced;
	}

	@Override
	public synchronized Stream<byte[]> unfinished() {
		return List.copyOf(this.unfinished).stream();
	}

}
