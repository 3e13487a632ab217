package app.session.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import app.session.SecretHash;
import app.session.SessionEvent.RecordUnreadable;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.WriterTag;
import app.session.server.RedisServers;
import app.session.test.SessionRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The form of what stands in Redis, and what becomes of anything else that stands there.
 */
class RedisValueTests {

	private static final Duration LEFT = Duration.ofMinutes(10);

	private RedisFixture fixture;

	private RedisSessionRepository store;

	private RedisConnection connection;

	@BeforeEach
	void open() {
		this.fixture = new RedisFixture(RedisFactories.lettuce(RedisServers.embedded()),
				RedisFactories.lettuce(RedisServers.embedded()));
		this.store = this.fixture.store();
		this.connection = this.fixture.connection();
	}

	@AfterEach
	void close() {
		this.connection.close();
		this.fixture.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "record-anonymous", "record-with-principal" })
	void whatThisVersionWroteEveryLaterOneReads(String name) {
		SessionRecord golden = goldenRecord(name);
		put(golden.key(), golden(name));
		SessionRecord found = this.store.find(golden.key());
		assertThat(found).usingRecursiveComparison().isEqualTo(golden);
	}

	@Test
	void aNewRecordIsWrittenAsItAlwaysWas() {
		SessionRecord golden = goldenRecord("record-anonymous");
		assertThat(this.store.create(golden)).isTrue();
		assertThat(withTimesOf("record-anonymous", get(golden.key()))).isEqualTo(golden("record-anonymous"));
		assertThat(this.fixture.prefix() + golden.key().handle()).isEqualTo(text(this.fixture.name(golden.key())));
	}

	@Test
	void anUpdatedRecordIsWrittenAsItAlwaysWas() {
		SessionRecord golden = goldenRecord("record-with-principal");
		SessionRecord before = new SessionRecord(golden.key(), golden.version() - 1,
				golden.writers().subList(1, golden.writers().size()), golden.secretHash(), Instant.EPOCH, Instant.EPOCH,
				Duration.ofHours(1), Duration.ofHours(2), null, new byte[3]);
		assertThat(this.store.create(before)).isTrue();
		byte[] created = get(golden.key());
		assertThat(this.store.update(golden)).isTrue();
		byte[] updated = get(golden.key());
		assertThat(withTimesOf("record-with-principal", updated)).isEqualTo(golden("record-with-principal"));
		assertThat(Arrays.copyOfRange(updated, 9, 17)).as("creation time")
			.isEqualTo(Arrays.copyOfRange(created, 9, 17));
	}

	@Test
	void aTouchWritesTheLastAccessAlone() {
		SessionRecord record = SessionRecords.records().principal("alice").data("data").build();
		this.store.create(record);
		this.fixture.advance(Duration.ofMinutes(5));
		byte[] before = get(record.key());
		assertThat(this.store.touch(record.key())).isTrue();
		byte[] after = get(record.key());
		assertThat(after).isNotEqualTo(before);
		System.arraycopy(after, 17, before, 17, 8);
		assertThat(after).isEqualTo(before);
		assertThat(this.connection.keyCommands().pTtl(this.fixture.name(record.key())))
			.isBetween(SessionRecords.IDLE_TIMEOUT.toMillis() - 5000, SessionRecords.IDLE_TIMEOUT.toMillis());
	}

	@Test
	void aValueCutOffAnywhereInItsHeaderOrPrincipalIsAbsentAndStaysAsItIs() {
		byte[] whole = golden("record-with-principal");
		int readable = whole.length - "{}".length();
		for (int length = 1; length < readable; length++) {
			assertUnreadable(Arrays.copyOf(whole, length));
		}
		SessionKey key = SessionRecords.newKey();
		put(key, Arrays.copyOf(whole, readable));
		assertThat(this.store.find(key)).isNotNull().satisfies((record) -> assertThat(record.data()).isEmpty());
	}

	@Test
	void whoKnowsTheVersionOfAValueThatWasCutOffSinceDoesNotReplaceIt() {
		byte[] whole = golden("record-anonymous");
		SessionRecord record = SessionRecords.newRecord();
		for (int length : new int[] { 9, 17, 25, 109 }) {
			ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(whole, length)).putLong(1, record.version());
			put(record.key(), cut.array());
			assertThat(this.store.update(SessionRecords.withData(record, "1"))).isFalse();
			assertThat(get(record.key())).isEqualTo(cut.array());
		}
	}

	@Test
	void aValueOfALaterFormatIsAbsentAndStaysAsItIs() {
		byte[] value = golden("record-anonymous");
		value[0] = 2;
		assertUnreadable(value);
	}

	@Test
	void aValueWithoutSenseIsAbsentAndStaysAsItIs() {
		assertUnreadable(new byte[] { 1 });
		assertUnreadable(new byte[4096]);
		assertUnreadable("a text that somebody wrote there".repeat(10).getBytes(StandardCharsets.UTF_8));
		for (int at : new int[] { 1, 9, 17, 25, 33 }) {
			byte[] value = golden("record-anonymous");
			value[at] = -1;
			assertUnreadable(value);
		}
		for (int writers : new int[] { 0, 5, -1 }) {
			byte[] value = golden("record-anonymous");
			value[73] = (byte) writers;
			assertUnreadable(value);
		}
		for (int length : new int[] { 7, Integer.MAX_VALUE, Integer.MIN_VALUE, -1 }) {
			byte[] value = golden("record-anonymous");
			ByteBuffer.wrap(value).putInt(106, length);
			assertUnreadable(value);
		}
	}

	@Test
	void theScriptsAndTheDecoderAgreeOnWhatIsReadable() {
		Random random = new Random(7);
		int[] places = { 0, 1, 2, 7, 8, 73, 106, 107, 108, 109 };
		int readable = 0;
		for (int i = 0; i < 2000; i++) {
			byte[] value = golden("record-anonymous");
			for (int j = random.nextInt(3); j >= 0; j--) {
				value[places[random.nextInt(places.length)]] = (byte) random.nextInt(8);
			}
			long now = Instant.now().toEpochMilli();
			ByteBuffer.wrap(value).putLong(9, now).putLong(17, now).putLong(25, 1L << 40).putLong(33, 1L << 40);
			SessionKey key = SessionRecords.newKey();
			put(key, value);
			boolean found = this.store.find(key) != null;
			assertThat(this.store.touch(key)).as(HexFormat.of().formatHex(value)).isEqualTo(found);
			readable += found ? 1 : 0;
		}
		assertThat(readable).isBetween(200, 1800);
	}

	@Test
	void somethingElseThanAStringIsAbsentAndStaysAsItIs() {
		SessionRecord record = SessionRecords.newRecord();
		byte[] name = this.fixture.name(record.key());
		this.connection.hashCommands().hSet(name, new byte[] { 1 }, new byte[] { 1 });
		assertThat(this.store.find(record.key())).isNull();
		assertThat(this.store.findAndTouch(record.key())).isNull();
		assertThat(this.store.touch(record.key())).isFalse();
		assertThat(this.store.update(SessionRecords.withData(record, "1"))).isFalse();
		assertThat(this.store.create(record)).isFalse();
		assertThat(this.connection.hashCommands().hLen(name)).isEqualTo(1);
		assertThat(this.fixture.events()).containsExactly(new RecordUnreadable(record.key()),
				new RecordUnreadable(record.key()));
	}

	@Test
	void aPrincipalThatIsNoTextIsRefused() {
		SessionRecord record = SessionRecords.records().principal("\uD83D").build();
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.create(record));
	}

	@Test
	void anEmptyPrincipalIsNotNone() {
		SessionRecord record = SessionRecords.records().principal("").data("x").build();
		this.store.create(record);
		assertThat(this.store.find(record.key()).principal()).isEmpty();
	}

	@Test
	void timesBeyondAllReasonAreKeptAsLong() {
		SessionRecord record = SessionRecords.records()
			.idleTimeout(Duration.ofSeconds(Long.MAX_VALUE))
			.lifetime(Duration.ofDays(10_000_000))
			.build();
		assertThat(this.store.create(record)).isTrue();
		assertThat(this.store.touch(record.key())).isTrue();
		assertThat(this.store.update(SessionRecords.withData(record, "1"))).isTrue();
		assertThat(this.store.find(record.key()).lifetime()).isEqualTo(record.lifetime());
	}

	/**
	 * With a version that nobody writes to: who knows the version has read the value.
	 */
	private void assertUnreadable(byte[] golden) {
		byte[] value = golden.clone();
		if (value.length > 8) {
			value[8]++;
		}
		SessionRecord record = SessionRecords.newRecord();
		SessionKey key = record.key();
		put(key, value);
		int events = this.fixture.events().size();
		assertThat(this.store.find(key)).isNull();
		assertThat(this.store.findAndTouch(key)).isNull();
		assertThat(this.store.touch(key)).isFalse();
		assertThat(this.store.update(SessionRecords.withData(record, "1"))).isFalse();
		assertThat(get(key)).isEqualTo(value);
		assertThat(this.connection.keyCommands().pTtl(this.fixture.name(key))).isBetween(1L, LEFT.toMillis());
		assertThat(this.fixture.events().subList(events, this.fixture.events().size()))
			.containsExactly(new RecordUnreadable(key), new RecordUnreadable(key));
	}

	private void put(SessionKey key, byte[] value) {
		this.connection.stringCommands().pSetEx(this.fixture.name(key), LEFT.toMillis(), value);
	}

	private byte[] get(SessionKey key) {
		return this.connection.stringCommands().get(this.fixture.name(key));
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	/** The store stamps the times, so a test can't know them beforehand. */
	private static byte[] withTimesOf(String name, byte[] value) {
		byte[] result = value.clone();
		System.arraycopy(golden(name), 9, result, 9, 16);
		return result;
	}

	private static SessionRecord goldenRecord(String name) {
		boolean anonymous = name.equals("record-anonymous");
		byte[] hash = new byte[SecretHash.LENGTH];
		for (int i = 0; i < hash.length; i++) {
			hash[i] = (byte) (i + 1);
		}
		List<WriterTag> writers = anonymous ? List.of(new WriterTag(0x0102030405060708L))
				: List.of(new WriterTag(2), new WriterTag(-2), new WriterTag(3), new WriterTag(4));
		@Nullable String principal = anonymous ? null : "älice";
		return new SessionRecord(SessionRecords.newKey(), anonymous ? 1 : 7, writers, SecretHash.of(hash),
				Instant.parse("2026-11-24T10:00:00Z"), Instant.parse("2026-11-24T10:01:01.001Z"),
				Duration.ofMinutes(30), Duration.ofHours(24), principal,
				(anonymous ? "hello" : "{}").getBytes(StandardCharsets.UTF_8));
	}

	/** Hexadecimal, with comments. */
	private static byte[] golden(String name) {
		try (InputStream stream = RedisValueTests.class.getResourceAsStream(name + ".hex")) {
			String hex = new String(stream.readAllBytes(), StandardCharsets.UTF_8).replaceAll("#[^\n]*|\\s", "");
			return HexFormat.of().parseHex(hex);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
