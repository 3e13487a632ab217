package app.session.store.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

import app.session.SessionReplyLostException;
import app.session.SessionStoreUnavailableException;
import app.session.fault.FaultyProxy;
import app.session.fault.FaultyProxy.Fault;
import app.session.server.RedisServers;
import io.lettuce.core.api.sync.RedisCommands;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Texts in a real Redis, which others write to as well.
 */
class RedisTextsTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final String key = "texts:" + UUID.randomUUID() + ":ü";

	private LettuceConnectionFactory factory;

	private RedisConnection connection;

	private RedisTexts texts;

	@BeforeEach
	void open() {
		this.factory = RedisFactories.lettuce(RedisServers.embedded());
		this.connection = this.factory.getConnection();
		this.texts = new RedisTexts(RedisConnections.of(this.factory));
	}

	@AfterEach
	void close() {
		this.texts.close();
		this.connection.close();
		this.factory.destroy();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** How many of the calls, made at the same moment, answer yes. */
	private static long together(int calls, IntPredicate call) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(calls);
		try {
			CyclicBarrier start = new CyclicBarrier(calls);
			List<Future<Boolean>> answers = new ArrayList<>();
			for (int i = 0; i < calls; i++) {
				int number = i;
				answers.add(threads.submit(() -> {
					start.await(20, TimeUnit.SECONDS);
					return call.test(number);
				}));
			}
			long yes = 0;
			for (Future<Boolean> answer : answers) {
				yes += answer.get(20, TimeUnit.SECONDS) ? 1 : 0;
			}
			return yes;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private long left() {
		return this.connection.keyCommands().pTtl(bytes(this.key));
	}

	@Test
	void aTextIsWrittenAsItIsWhereThereIsNone() {
		assertThat(this.texts.find(this.key)).isNull();
		assertThat(this.texts.create(this.key, "Jörg \uD83C\uDF6A", MINUTE)).isTrue();
		assertThat(this.connection.stringCommands().get(bytes(this.key))).isEqualTo(bytes("Jörg \uD83C\uDF6A"));
		assertThat(left()).isBetween(50_000L, 60_000L);
		assertThat(this.texts.create(this.key, "other", MINUTE)).isFalse();
		assertThat(this.texts.find(this.key)).isEqualTo("Jörg \uD83C\uDF6A");
	}

	@Test
	void aTextIsReplacedOnlyAsItWasRead() {
		assertThat(this.texts.replace(this.key, "1", "2", MINUTE)).isFalse();
		assertThat(this.texts.find(this.key)).isNull();
		this.texts.create(this.key, "1", MINUTE);
		assertThat(this.texts.replace(this.key, "1", "2", MINUTE.multipliedBy(2))).isTrue();
		assertThat(left()).isBetween(110_000L, 120_000L);
		assertThat(this.texts.replace(this.key, "1", "3", MINUTE)).isFalse();
		assertThat(this.texts.find(this.key)).isEqualTo("2");
	}

	@Test
	void aTextMayHaveNoEnd() {
		this.texts.create(this.key, "1", null);
		assertThat(left()).isEqualTo(-1);
		assertThat(this.texts.extend(this.key, MINUTE)).isTrue();
		assertThat(left()).isEqualTo(-1);
		this.texts.replace(this.key, "1", "2", MINUTE);
		assertThat(left()).isBetween(50_000L, 60_000L);
		this.texts.replace(this.key, "2", "3", null);
		assertThat(left()).isEqualTo(-1);
		this.texts.delete(this.key);
	}

	@Test
	void aLifeIsNeverShortenedByMoreOfIt() {
		assertThat(this.texts.extend(this.key, MINUTE)).isFalse();
		assertThat(this.texts.find(this.key)).isNull();
		this.texts.create(this.key, "1", MINUTE);
		assertThat(this.texts.extend(this.key, Duration.ofSeconds(1))).isTrue();
		assertThat(left()).isBetween(50_000L, 60_000L);
		assertThat(this.texts.extend(this.key, MINUTE.multipliedBy(2))).isTrue();
		assertThat(left()).isBetween(110_000L, 120_000L);
	}

	@Test
	void aTextIsRemovedByOneOfManyCallers() throws Exception {
		this.texts.create(this.key, "1", MINUTE);
		assertThat(together(8, (i) -> (i % 2 == 0) ? this.texts.delete(this.key) : this.texts.delete(this.key, "1")))
			.isOne();
		assertThat(this.texts.delete(this.key)).isFalse();
	}

	@Test
	void aTextThatAnotherReplacedIsNotRemoved() {
		this.texts.create(this.key, "1", MINUTE);
		assertThat(this.texts.delete(this.key, "0")).isFalse();
		assertThat(this.texts.find(this.key)).isEqualTo("1");
		assertThat(this.texts.delete(this.key, "1")).isTrue();
		assertThat(this.texts.find(this.key)).isNull();
	}

	@Test
	void ofManyReplacementsOfOneTextOneIsMade() throws Exception {
		for (int round = 0; round < 50; round++) {
			this.texts.delete(this.key);
			this.texts.create(this.key, "1", MINUTE);
			assertThat(together(4, (i) -> this.texts.replace(this.key, "1", "2-" + i, MINUTE))).isOne();
		}
	}

	@Test
	void whatIsNoTextIsAbsentAndStays() {
		this.connection.hashCommands().hSet(bytes(this.key), new byte[] { 1 }, new byte[] { 1 });
		assertThat(this.texts.find(this.key)).isNull();
		assertThat(this.texts.replace(this.key, "1", "2", MINUTE)).isFalse();
		assertThat(this.texts.create(this.key, "1", MINUTE)).isFalse();
		assertThat(this.texts.extend(this.key, MINUTE)).isFalse();
		assertThat(this.texts.delete(this.key, "1")).isFalse();
		assertThat(left()).isEqualTo(-1);
		this.connection.keyCommands().del(bytes(this.key));
		this.connection.stringCommands().set(bytes(this.key), new byte[] { '{', (byte) 0xFF, '}' });
		assertThat(this.texts.find(this.key)).isNull();
		this.texts.delete(this.key);
	}

	@Test
	void countsWhatBeginsAlikeAndNothingElse() {
		String prefix = "count-" + UUID.randomUUID() + "[*]?:";
		for (String name : List.of(prefix + "1", prefix + "2", prefix.replace("*", "x") + "3", prefix)) {
			this.texts.create(name, "1", MINUTE);
		}
		assertThat(this.texts.count(prefix)).isEqualTo(3);
	}

	@Test
	void worksWhenTheServerForgotTheScripts() {
		this.texts.create(this.key, "1", MINUTE);
		RedisServers.embedded().ask(RedisCommands::scriptFlush);
		assertThat(this.texts.replace(this.key, "1", "2", MINUTE)).isTrue();
	}

	@Test
	void worksOnACluster() {
		LettuceConnectionFactory cluster = RedisFactories.lettuce(RedisServers.cluster());
		try (RedisTexts texts = new RedisTexts(RedisConnections.of(cluster))) {
			String prefix = "cluster-" + UUID.randomUUID() + ":";
			for (int i = 0; i < 20; i++) {
				String name = prefix + i;
				assertThat(texts.create(name, "1", MINUTE)).isTrue();
				assertThat(texts.replace(name, "1", "2", MINUTE)).isTrue();
				assertThat(texts.extend(name, MINUTE)).isTrue();
				assertThat(texts.find(name)).isEqualTo("2");
			}
			assertThat(texts.count(prefix)).isEqualTo(20);
			for (int i = 0; i < 20; i++) {
				assertThat((i % 2 == 0) ? texts.delete(prefix + i) : texts.delete(prefix + i, "2")).isTrue();
			}
			assertThat(texts.count(prefix)).isZero();
		}
		finally {
			cluster.destroy();
		}
	}

	/** The engine would ask again, and apply the change twice. */
	@Test
	void aLostReplyIsNeverOneToAskAgainFor() throws IOException {
		this.texts.create(this.key, "1", MINUTE);
		lostReply((behind) -> assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> behind.replace(this.key, "1", "2", MINUTE))
			.isNotInstanceOf(SessionReplyLostException.class)
			.withMessageContaining("nobody can tell")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(this.key)));
		assertThat(this.texts.find(this.key)).isEqualTo("2");
	}

	@Test
	void aLostReplyToARemovalIs() throws IOException {
		this.texts.create(this.key, "1", MINUTE);
		lostReply((behind) -> assertThatExceptionOfType(SessionReplyLostException.class)
			.isThrownBy(() -> behind.delete(this.key)));
		assertThat(this.texts.find(this.key)).isNull();
	}

	private void lostReply(Consumer<RedisTexts> call) throws IOException {
		try (FaultyProxy proxy = new FaultyProxy(RedisServers.embedded().port())) {
			LettuceConnectionFactory through = RedisFactories
				.lettuce(new RedisStandaloneConfiguration("127.0.0.1", proxy.port()));
			try (RedisTexts behind = new RedisTexts(RedisConnections.like(through, Duration.ofSeconds(1)))) {
				assertThat(behind.find(this.key)).isEqualTo("1");
				proxy.set(Fault.SWALLOW_REPLY);
				call.accept(behind);
			}
			finally {
				through.destroy();
			}
		}
	}

}
