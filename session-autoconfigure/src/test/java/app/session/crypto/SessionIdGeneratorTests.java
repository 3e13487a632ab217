package app.session.crypto;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import app.session.SessionKey;
import app.session.WriterTag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

@Timeout(60)
class SessionIdGeneratorTests {

	private static final SessionKey KEY = new SessionKey(1, 2);

	private final CountingRandom random = new CountingRandom();

	private final SessionIdGenerator generator = new SessionIdGenerator(this.random);

	@Test
	void drawsNothingUntilTheFirstId() {
		assertThat(this.random.filled).isEmpty();
		this.generator.newId();
		assertThat(this.random.filled).hasSize(1);
	}

	@Test
	void givesOutEachByteOnce() {
		List<Long> words = new ArrayList<>();
		for (int i = 0; i < 5_000; i++) {
			words.addAll(draw(this.generator, i));
		}
		assertThat(words).doesNotHaveDuplicates().allMatch((word) -> word > 0 && word <= this.random.last.get());
	}

	@Test
	void fillsManyIdsByOneCall() {
		for (int i = 0; i < 6_400; i++) {
			this.generator.newId();
		}
		assertThat(this.random.filled).hasSize(100);
	}

	@Test
	void erasesWhatItGaveOut() {
		for (int ids = 1; ids <= 64; ids++) {
			this.generator.newId();
			byte[] pool = this.random.filled.element();
			int given = ids * SessionId.LENGTH;
			assertThat(Arrays.copyOf(pool, given)).containsOnly(0);
		}
		assertThat(this.random.filled).hasSize(1);
	}

	@Test
	void aNewSecretKeepsTheLocator() {
		SessionId first = this.generator.newSecret(KEY);
		SessionId second = this.generator.newSecret(KEY);
		assertThat(first.key()).isEqualTo(KEY);
		assertThat(second.key()).isEqualTo(KEY);
		assertThat(first.secretHash()).isNotEqualTo(second.secretHash());
	}

	@Test
	void manyThreadsNeverShareAByte() throws Exception {
		Set<Long> words = new HashSet<>();
		int drawn = 0;
		for (List<Long> thread : run(64, () -> {
			List<Long> mine = new ArrayList<>();
			for (int i = 0; i < 2_000; i++) {
				mine.addAll(draw(this.generator, i));
			}
			return mine;
		})) {
			words.addAll(thread);
			drawn += thread.size();
		}
		assertThat(words).hasSize(drawn).doesNotContain(0L);
	}

	@Test
	void manyThreadsGetNoIdTwiceFromARealSource() throws Exception {
		SessionIdGenerator real = new SessionIdGenerator(new SecureRandom());
		Set<Object> keys = new HashSet<>();
		Set<Object> secrets = new HashSet<>();
		for (List<SessionId> thread : run(64, () -> {
			List<SessionId> mine = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				mine.add(real.newId());
			}
			return mine;
		})) {
			thread.forEach((id) -> {
				keys.add(id.key());
				secrets.add(id.secretHash());
			});
		}
		assertThat(keys).hasSize(64 * 500);
		assertThat(secrets).hasSize(64 * 500);
	}

	@Test
	void manyThreadsGetNoTagTwiceFromAGeneratorThatBeganAtRandom() throws Exception {
		Set<WriterTag> tags = new HashSet<>();
		for (List<WriterTag> thread : run(64, () -> Stream.generate(this.generator::newTag).limit(2_000).toList())) {
			tags.addAll(thread);
		}
		assertThat(tags).hasSize(64 * 2_000).contains(new WriterTag(1));
		assertThat(new SessionIdGenerator(new SecureRandom()).newTag())
			.isNotEqualTo(new SessionIdGenerator(new SecureRandom()).newTag());
		assertThat(this.random.filled).hasSize(1);
	}

	@Test
	void aThreadThatFillsThePoolStopsNobody() throws Exception {
		CountDownLatch filling = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		SessionIdGenerator generator = new SessionIdGenerator(new CountingRandom() {
			@Override
			public void nextBytes(byte[] bytes) {
				super.nextBytes(bytes);
				if (bytes.length > SessionId.LENGTH) {
					filling.countDown();
					await(goOn);
				}
			}
		});
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			Future<SessionId> slow = executor.submit(generator::newId);
			assertThat(filling.await(10, TimeUnit.SECONDS)).isTrue();
			SessionId other = executor.submit(generator::newId).get(10, TimeUnit.SECONDS);
			goOn.countDown();
			assertThat(slow.get(10, TimeUnit.SECONDS)).isNotEqualTo(other);
		}
		finally {
			goOn.countDown();
			executor.shutdownNow();
		}
	}

	@Test
	void fillsThePoolAfterASourceThatFailed() {
		CountingRandom failing = new CountingRandom() {
			@Override
			public void nextBytes(byte[] bytes) {
				super.nextBytes(bytes);
				if (this.filled.size() == 1) {
					throw new IllegalStateException("no entropy");
				}
			}
		};
		SessionIdGenerator generator = new SessionIdGenerator(failing);
		assertThat(catchThrowable(generator::newId)).hasMessage("no entropy");
		generator.newId();
		assertThat(generator.newId()).isNotEqualTo(generator.newId());
		assertThat(failing.filled).as("the failed call and one that fills the pool").hasSize(2);
	}

	/**
	 * One id or secret as the eight-byte words it was made of.
	 */
	private static List<Long> draw(SessionIdGenerator generator, int turn) {
		SessionId id = (turn % 2 == 1) ? generator.newId() : generator.newSecret(KEY);
		ByteBuffer bytes = ByteBuffer.allocate(SessionId.LENGTH);
		id.write(bytes.array(), 0);
		bytes.position((turn % 2 == 1) ? 0 : SessionKey.LENGTH);
		List<Long> words = new ArrayList<>();
		while (bytes.hasRemaining()) {
			words.add(bytes.getLong());
		}
		return words;
	}

	private static <T> List<T> run(int threads, Callable<T> task) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			CyclicBarrier start = new CyclicBarrier(threads);
			List<Future<T>> futures = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				futures.add(executor.submit(() -> {
					start.await();
					return task.call();
				}));
			}
			List<T> results = new ArrayList<>();
			for (Future<T> future : futures) {
				results.add(future.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * A source whose eight-byte words are 1, 2, 3 … and that remembers the arrays it
	 * filled.
	 */
	private static class CountingRandom extends SecureRandom {

		private static final long serialVersionUID = 1L;

		final transient AtomicLong last = new AtomicLong();

		final transient Queue<byte[]> filled = new ConcurrentLinkedQueue<>();

		@Override
		public void nextBytes(byte[] bytes) {
			ByteBuffer buffer = ByteBuffer.wrap(bytes);
			while (buffer.hasRemaining()) {
				buffer.putLong(this.last.incrementAndGet());
			}
			this.filled.add(bytes);
		}

	}

}
