package app.session.store.memory;

import java.util.Arrays;
import java.util.Map;
import java.util.function.ObjLongConsumer;

import app.session.SessionKey;

/**
 * Sessions that are to go when the store is full, found by one walk through all of them.
 * A walk costs time for each session in the store, so it finds more than are needed at
 * once: the next ones are taken from here without another walk, if nothing happened to
 * them since. Of those that came back none is kept for later, since the sessions created
 * in the meantime go before it. Not safe for use by many threads.
 */
final class Candidates {

	private SessionKey[] keys;

	private long[] ranks;

	private int size;

	private Candidates(int capacity) {
		this.keys = new SessionKey[capacity];
		this.ranks = new long[capacity];
	}

	static Candidates none() {
		return new Candidates(0);
	}

	/**
	 * Walks through all sessions.
	 * @param records the sessions
	 * @param count about how many there are
	 * @param needed how many are needed now
	 * @param later how many more are kept for later, if they were seen only once
	 * @return those that go first
	 */
	static Candidates find(Map<SessionKey, byte[]> records, long count, int needed, int later) {
		Candidates all = new Candidates((int) Math.min(count + 16, Integer.MAX_VALUE / 2));
		records.forEach((key, stored) -> all.add(key, Ranking.rank(stored)));
		if (all.size == 0) {
			return none();
		}
		long last = all.rankAt(needed + later);
		Candidates found = new Candidates(Math.min(all.size, needed + later));
		for (int i = 0; i < all.size; i++) {
			if (all.ranks[i] <= last) {
				found.add(all.keys[i], all.ranks[i]);
			}
		}
		return found;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	/**
	 * Takes those that go first out of this list.
	 * @param number how many, at most
	 * @param taker is given each with its rank at the time of the walk
	 */
	void take(int number, ObjLongConsumer<SessionKey> taker) {
		if (isEmpty()) {
			return;
		}
		long last = rankAt(number);
		int left = number;
		int kept = 0;
		for (int i = 0; i < this.size; i++) {
			if (left > 0 && this.ranks[i] <= last) {
				left--;
				taker.accept(this.keys[i], this.ranks[i]);
			}
			else if (this.ranks[i] <= Ranking.LAST_SEEN_ONCE) {
				this.keys[kept] = this.keys[i];
				this.ranks[kept++] = this.ranks[i];
			}
		}
		Arrays.fill(this.keys, kept, this.size, null);
		this.size = kept;
	}

	private void add(SessionKey key, long rank) {
		if (this.size == this.keys.length) {
			int capacity = this.size + this.size / 4 + 16;
			this.keys = Arrays.copyOf(this.keys, capacity);
			this.ranks = Arrays.copyOf(this.ranks, capacity);
		}
		this.keys[this.size] = key;
		this.ranks[this.size++] = rank;
	}

	private long rankAt(int number) {
		return Ranking.select(Arrays.copyOf(this.ranks, this.size), this.size, Math.min(number, this.size) - 1);
	}

}
