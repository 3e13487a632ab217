package app.session.store.redis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import app.session.PrincipalIndex.Admission.Status;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.WriterTag;
import app.session.server.RedisProcess;
import app.session.server.RedisServers;
import app.session.test.SessionRecords;
import io.lettuce.core.api.sync.RedisCommands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the keys begin with, and what a cluster's nodes know of scripts.
 */
class RedisPrefixTests {

	private static RedisSessionRepository store(RedisConnectionFactory factory, String prefix) {
		return new RedisSessionRepository(RedisConnections.of(factory), RedisFixture.settings(prefix),
				InstantSource.system(), (event) -> {
				});
	}

	/** Each operation, and before each something else. */
	private static void everything(RedisSessionRepository store, Runnable before) {
		SessionRecord record = SessionRecords.newRecord();
		WriterTag holder = SessionRecords.newTag();
		Duration minute = Duration.ofMinutes(1);
		before.run();
		assertThat(store.create(record)).isTrue();
		before.run();
		assertThat(store.find(record.key())).isNotNull();
		before.run();
		assertThat(store.findAndTouch(record.key())).isNotNull();
		before.run();
		assertThat(store.touch(record.key())).isTrue();
		before.run();
		assertThat(store.update(SessionRecords.withData(record, "1"))).isTrue();
		before.run();
		assertThat(store.admit("alice", record.key(), store.epoch("alice"), SessionLimit.NONE).status())
			.isEqualTo(Status.ADMITTED);
		assertThat(store.members("alice")).containsExactly(record.key());
		before.run();
		assertThat(store.acquire(record.key(), holder, minute)).isTrue();
		before.run();
		assertThat(store.renew(record.key(), holder, minute)).isTrue();
		before.run();
		store.release(record.key(), holder);
		assertThat(store.acquire(record.key(), SessionRecords.newTag(), minute)).isTrue();
		assertThat(store.count()).isOne();
		try (Stream<SessionRecord> all = store.stream()) {
			assertThat(all).singleElement().satisfies((found) -> assertThat(found.key()).isEqualTo(record.key()));
		}
		before.run();
		assertThat(store.revoke("alice", null)).containsExactly(record.key());
		before.run();
		assertThat(store.delete(record.key())).isTrue();
		before.run();
		store.strikeOff("alice", List.of(record.key()));
		assertThat(store.members("alice")).isEmpty();
		assertThat(store.count()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{tag}:", "}{:", "*:", "[a-z]?:", "back\\slash:", "sitzung-ü-\uD83C\uDF6A:", "p" })
	void aPrefixMayHoldWhatMeansSomethingElsewhere(String prefix) {
		String unique = UUID.randomUUID() + prefix;
		String longest = unique + "p".repeat(256 - unique.length());
		LettuceConnectionFactory factory = RedisFactories.lettuce(RedisServers.embedded());
		try (RedisSessionRepository other = store(factory, unique.replace(prefix, "other-" + prefix))) {
			other.create(SessionRecords.newRecord());
			for (String each : List.of(unique, longest)) {
				try (RedisSessionRepository store = store(factory, each)) {
					everything(store, () -> {
					});
				}
			}
			assertThat(other.count()).isOne();
		}
		finally {
			factory.destroy();
		}
	}

	@Test
	void eachOperationWorksWhenAllNodesForgotTheScriptsBeforeIt() throws Exception {
		List<RedisProcess> nodes = RedisServers.cluster().masters();
		for (RedisConnectionFactory factory : List.of(RedisFactories.lettuce(RedisServers.cluster()),
				RedisFactories.jedis(RedisServers.cluster()))) {
			try (RedisSessionRepository store = store(factory, UUID.randomUUID() + ":")) {
				everything(store, () -> nodes.forEach((node) -> node.ask(RedisCommands::scriptFlush)));
			}
			finally {
				((DisposableBean) factory).destroy();
			}
		}
	}

}
