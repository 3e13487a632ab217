package app.session.test;

import java.util.concurrent.ThreadLocalRandom;

import app.session.SessionRecord;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * That data is data, however much there is.
 */
interface SizeRules extends StoreRules {

	@Test
	default void dataOfAnySizeIsKept() {
		for (int size : new int[] { 0, 1, 255, 256, 65_535, 65_536, 1 << 20 }) {
			byte[] data = new byte[size];
			ThreadLocalRandom.current().nextBytes(data);
			SessionRecord created = stored(SessionRecords.records().data(data));
			Assertions.assertThat(created.data()).isEqualTo(data);
			Assertions.assertThat(store().update(SessionRecords.withData(created, new byte[size + 1]))).isTrue();
			Assertions.assertThat(read(created.key()).data()).hasSize(size + 1).containsOnly(0);
		}
	}

}
