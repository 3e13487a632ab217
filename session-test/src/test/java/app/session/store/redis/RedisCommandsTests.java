package app.session.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.WriterTag;
import app.session.server.RedisProcess;
import app.session.test.SessionRecords;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each operation of the store costs, as the server counts it.
 */
class RedisCommandsTests {

	private static RedisProcess server;

	private RedisFixture fixture;

	private RedisSessionRepository store;

	private CommandCounts counts;

	@BeforeAll
	static void startServer() {
		server = RedisProcess.embedded();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@BeforeEach
	void open() {
		this.fixture = new RedisFixture(RedisFactories.lettuce(server), RedisFactories.lettuce(server));
		this.store = this.fixture.store();
		everyOperationOnce();
		this.counts = new CommandCounts(RedisFactories.lettuce(server));
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private void everyOperationOnce() {
		SessionRecord record = create();
		this.store.findAndTouch(record.key());
		this.store.update(SessionRecords.withData(record, "1"));
		this.store.touch(record.key());
		this.store.admit("somebody", record.key(), 0, SessionLimit.NONE);
		WriterTag holder = SessionRecords.newTag();
		this.store.acquire(record.key(), holder, Duration.ofMinutes(1));
		this.store.renew(record.key(), holder, Duration.ofMinutes(1));
		this.store.release(record.key(), holder);
		this.store.delete(record.key());
	}

	private SessionRecord create() {
		SessionRecord record = SessionRecords.newRecord();
		assertThat(this.store.create(record)).isTrue();
		return record;
	}

	private void costs(Consumer<SessionRecord> call, RedisOperation... operations) {
		SessionRecord record = create();
		this.counts.take();
		call.accept(record);
		this.counts.assertTaken(operations);
	}

	@Test
	void aSession() {
		costs((record) -> assertThat(this.store.find(record.key())).isNotNull(), RedisOperation.FIND);
		costs((record) -> assertThat(this.store.findAndTouch(record.key())).isNotNull(), RedisOperation.FIND_AND_TOUCH);
		costs((record) -> create(), RedisOperation.CREATE);
		costs((record) -> assertThat(this.store.update(SessionRecords.withData(record, "1"))).isTrue(),
				RedisOperation.UPDATE);
		costs((record) -> assertThat(
				this.store.update(SessionRecords.withData(SessionRecords.withData(record, "1"), "2")))
			.isFalse(), RedisOperation.UPDATE_REFUSED);
		costs((record) -> assertThat(this.store.touch(record.key())).isTrue(), RedisOperation.TOUCH);
		costs((record) -> assertThat(this.store.delete(record.key())).isTrue(), RedisOperation.DELETE);
	}

	@Test
	void aPrincipal() {
		costs((record) -> this.store.epoch("alice"), RedisOperation.READ_ENTRY);
		costs((record) -> this.store.members("alice"), RedisOperation.READ_ENTRY);
		costs((record) -> this.store.admit("bob", record.key(), 0, SessionLimit.NONE), RedisOperation.READ_ENTRY,
				RedisOperation.WRITE_ENTRY);
		costs((record) -> {
			this.store.epoch("carol");
			this.store.admit("carol", record.key(), 0, SessionLimit.NONE);
			this.store.strikeOff("carol", this.store.revoke("carol", null));
		}, RedisOperation.READ_ENTRY, RedisOperation.WRITE_ENTRY, RedisOperation.WRITE_ENTRY,
				RedisOperation.WRITE_ENTRY);
	}

	@Test
	void aLease() {
		WriterTag holder = SessionRecords.newTag();
		costs((record) -> {
			assertThat(this.store.acquire(record.key(), holder, Duration.ofMinutes(1))).isTrue();
			assertThat(this.store.renew(record.key(), holder, Duration.ofMinutes(1))).isTrue();
			this.store.release(record.key(), holder);
		}, RedisOperation.WRITE_ENTRY, RedisOperation.WRITE_ENTRY, RedisOperation.RELEASE);
	}

	@Test
	void aServerThatForgotTheScriptsIsToldThemOnceEach() {
		SessionRecord record = create();
		flushScripts();
		this.counts.take();
		SessionRecord next = SessionRecords.withData(record, "1");
		assertThat(this.store.update(next)).isTrue();
		assertThat(this.counts.take())
			.isEqualTo(Map.of("evalsha", 1L, "eval", 1L, "getrange", 1L, "time", 1L, "set", 1L));
		assertThat(this.store.update(SessionRecords.withData(next, "2"))).isTrue();
		this.counts.assertTaken(RedisOperation.UPDATE);
	}

	@Test
	void eachOperationWorksWhenTheScriptsAreForgottenBeforeIt() {
		List<Runnable> calls = List.of(this::create, () -> {
			SessionRecord record = create();
			flushScripts();
			assertThat(this.store.findAndTouch(record.key())).isNotNull();
			flushScripts();
			assertThat(this.store.touch(record.key())).isTrue();
			flushScripts();
			assertThat(this.store.update(SessionRecords.withData(record, "1"))).isTrue();
			flushScripts();
			assertThat(this.store.admit("dora", record.key(), 0, SessionLimit.NONE).condemned()).isEmpty();
			assertThat(this.store.members("dora")).containsExactly(record.key());
		});
		for (Runnable call : calls) {
			flushScripts();
			call.run();
		}
	}

	private void flushScripts() {
		try (RedisConnection connection = this.fixture.connection()) {
			connection.scriptingCommands().scriptFlush();
		}
	}

}
