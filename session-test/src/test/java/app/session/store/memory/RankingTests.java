package app.session.store.memory;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import app.session.test.SessionRecords;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RankingTests {

	@Test
	void selectFindsWhatSortingWouldFind() {
		Random random = new Random(1);
		for (int round = 0; round < 2_000; round++) {
			int size = 1 + random.nextInt(60);
			int bound = 1 + random.nextInt(40);
			long[] values = random.longs(size + 3L, -bound, bound).toArray();
			long[] sorted = Arrays.copyOf(values, size);
			Arrays.sort(sorted);
			int index = random.nextInt(size);
			assertThat(Ranking.select(values, size, index)).isEqualTo(sorted[index]);
		}
	}

	@Test
	void whoWasSeenOnceGoesBeforeWhoCameBack() {
		byte[] forEver = CompactRecord.created(SessionRecords.records()
			.idleTimeout(Duration.ofMillis(Long.MAX_VALUE))
			.lifetime(Duration.ofMillis(Long.MAX_VALUE))
			.build(), 0);
		byte[] soon = CompactRecord.touched(CompactRecord.created(SessionRecords.newRecord(), 0), 0);
		assertThat(Ranking.rank(forEver)).isLessThanOrEqualTo(Ranking.LAST_SEEN_ONCE);
		assertThat(Ranking.rank(soon)).isGreaterThan(Ranking.LAST_SEEN_ONCE);
	}

	@Test
	void theLessLifeIsLeftTheSoonerItGoes() {
		byte[] older = CompactRecord.created(SessionRecords.newRecord(), 1);
		byte[] newer = CompactRecord.created(SessionRecords.newRecord(), 2);
		assertThat(Ranking.rank(older)).isLessThan(Ranking.rank(newer));
		assertThat(Ranking.rank(CompactRecord.touched(older, 1)))
			.isLessThan(Ranking.rank(CompactRecord.touched(older, 2)));
	}

}
