package app.session.store.memory;

/**
 * Decides who goes first when the store is full: of the sessions that were seen once,
 * then of those that came back, each time the one with the least life left.
 */
final class Ranking {

	/** Above any time in milliseconds that a record can hold. */
	private static final long CAME_BACK = 1L << 60;

	/** The highest rank of a session that was seen only once. */
	static final long LAST_SEEN_ONCE = CAME_BACK;

	private static final long LAST_TIME = CAME_BACK - 1;

	private Ranking() {
	}

	/**
	 * The place of a record: the lower, the sooner it goes.
	 */
	static long rank(byte[] compactRecord) {
		long expiry = Math.max(-LAST_TIME, Math.min(CompactRecord.expiry(compactRecord), LAST_TIME));
		return CompactRecord.cameBack(compactRecord) ? expiry + 2 * CAME_BACK : expiry;
	}

	/**
	 * Finds the value that would stand at an index if the values were sorted (Hoare's
	 * selection), in linear time. Reorders the values.
	 * @param values the values
	 * @param size how many of them count
	 * @param index the index, less than {@code size}
	 */
	static long select(long[] values, int size, int index) {
		int low = 0;
		int high = size - 1;
		while (low < high) {
			long pivot = medianOfThree(values[low], values[(low + high) >>> 1], values[high]);
			int i = low;
			int j = high;
			while (i <= j) {
				while (values[i] < pivot) {
					i++;
				}
				while (values[j] > pivot) {
					j--;
				}
				if (i <= j) {
					long swapped = values[i];
					values[i++] = values[j];
					values[j--] = swapped;
				}
			}
			if (index <= j) {
				high = j;
			}
			else if (index >= i) {
				low = i;
			}
			else {
				return pivot;
			}
		}
		return values[index];
	}

	private static long medianOfThree(long first, long second, long third) {
		return Math.max(Math.min(first, second), Math.min(Math.max(first, second), third));
	}

}
