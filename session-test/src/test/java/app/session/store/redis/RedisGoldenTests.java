package app.session.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import app.session.PrincipalIndex.Admission.Status;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionLimit.WhenFull;
import app.session.SessionStoreUnavailableException;
import app.session.WriterTag;
import app.session.server.RedisServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What this version writes of leases and principals, to the byte: nodes of other versions
 * share it.
 */
class RedisGoldenTests {

	private static final SessionKey FIRST = new SessionKey(1, 2);

	private static final SessionKey SECOND = new SessionKey(-1, -2);

	private static final SessionKey THIRD = new SessionKey(3, 4);

	private static final String FIRST_HEX = "0000000000000001" + "0000000000000002";

	private static final String SECOND_HEX = "ffffffffffffffff" + "fffffffffffffffe";

	private static final String THIRD_HEX = "0000000000000003" + "0000000000000004";

	/** The URL-safe base64 of 0000000000000001 0000000000000002. */
	private static final String LEASE = "lease:AAAAAAAAAAEAAAAAAAAAAg";

	/** The URL-safe base64 of the SHA-256 of "älice" in UTF-8. */
	private static final String PRINCIPAL = "principal:_ITnffYE_gt5GFrANmY0Dao6_CTbUJCUwu5I-Rgiv9M";

	private static final String NAME = "älice";

	private static final WriterTag HOLDER = new WriterTag(0x0102030405060708L);

	private static final String HOLDER_HEX = "0102030405060708";

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

	private byte[] name(String name) {
		return (this.fixture.prefix() + name).getBytes(StandardCharsets.UTF_8);
	}

	private String get(String name) {
		byte[] value = this.connection.stringCommands().get(name(name));
		return (value != null) ? HexFormat.of().formatHex(value) : "none";
	}

	private void set(String name, String hex) {
		this.connection.stringCommands().pSetEx(name(name), 600_000, HexFormat.of().parseHex(hex));
	}

	private long timeToLive(String name) {
		return this.connection.keyCommands().pTtl(name(name));
	}

	@Test
	void aLeaseIsWrittenAsItAlwaysWas() {
		assertThat(this.store.acquire(FIRST, HOLDER, Duration.ofSeconds(30))).isTrue();
		assertThat(get(LEASE)).isEqualTo(HOLDER_HEX);
		assertThat(timeToLive(LEASE)).isBetween(20_000L, 30_000L);
		assertThat(this.store.renew(FIRST, HOLDER, Duration.ofMinutes(2))).isTrue();
		assertThat(get(LEASE)).isEqualTo(HOLDER_HEX);
		assertThat(timeToLive(LEASE)).isBetween(100_000L, 120_000L);
		this.store.release(FIRST, HOLDER);
		assertThat(get(LEASE)).isEqualTo("none");
	}

	@Test
	void aLeaseThatAnotherVersionWroteIsKnown() {
		set(LEASE, HOLDER_HEX);
		assertThat(this.store.acquire(FIRST, new WriterTag(7), Duration.ofSeconds(30))).isFalse();
		assertThat(this.store.renew(FIRST, HOLDER, Duration.ofSeconds(30))).isTrue();
		this.store.release(FIRST, HOLDER);
		assertThat(get(LEASE)).isEqualTo("none");
	}

	/** What is not understood is somebody's: to take it would be to write beside them. */
	@Test
	void aLeaseOfALaterFormatIsTaken() {
		String later = "02" + HOLDER_HEX;
		set(LEASE, later);
		assertThat(this.store.acquire(FIRST, HOLDER, Duration.ofSeconds(30))).isFalse();
		assertThat(this.store.renew(FIRST, HOLDER, Duration.ofSeconds(30))).isFalse();
		this.store.release(FIRST, HOLDER);
		assertThat(get(LEASE)).isEqualTo(later);
	}

	@Test
	void anEntryIsWrittenAsItAlwaysWas() {
		SessionLimit two = new SessionLimit(2, WhenFull.END_OLDEST);
		this.store.admit(NAME, FIRST, 0, two);
		assertThat(get(PRINCIPAL)).isEqualTo("00" + entry("01", 0, 1) + FIRST_HEX);
		assertThat(timeToLive(PRINCIPAL)).isBetween(Duration.ofHours(24).toMillis(), Duration.ofHours(25).toMillis());
		this.store.admit(NAME, SECOND, 0, two);
		assertThat(get(PRINCIPAL)).isEqualTo("00" + entry("01", 0, 2) + FIRST_HEX + SECOND_HEX);
		this.store.admit(NAME, THIRD, 0, two);
		assertThat(get(PRINCIPAL)).isEqualTo("01" + entry("01", 0, 2) + SECOND_HEX + THIRD_HEX + FIRST_HEX);
		this.store.strikeOff(NAME, List.of(FIRST));
		assertThat(get(PRINCIPAL)).isEqualTo("00" + entry("01", 0, 2) + SECOND_HEX + THIRD_HEX);
		this.store.revoke(NAME, null);
		assertThat(get(PRINCIPAL)).isEqualTo("01" + entry("01", 1, 0) + SECOND_HEX + THIRD_HEX);
		this.store.strikeOff(NAME, List.of(SECOND, THIRD));
		assertThat(get(PRINCIPAL)).isEqualTo("00" + entry("01", 1, 0));
	}

	/** None of them were ever looked through. */
	private static String entry(String format, long epoch, int members) {
		return format + HexFormat.of().toHexDigits(epoch) + "00000000" + HexFormat.of().toHexDigits(members);
	}

	@Test
	void anEntryThatAnotherVersionWroteIsKnown() {
		set(PRINCIPAL, "01" + entry("01", 5, 2) + SECOND_HEX + THIRD_HEX + FIRST_HEX);
		assertThat(this.store.epoch(NAME)).isEqualTo(5);
		assertThat(this.store.members(NAME)).containsExactly(SECOND, THIRD);
		assertThat(this.store.admit(NAME, FIRST, 5, SessionLimit.NONE)).satisfies((admission) -> {
			assertThat(admission.status()).isEqualTo(Status.CONDEMNED);
			assertThat(admission.condemned()).containsExactly(FIRST);
		});
	}

	/** To begin anew would bring revoked sessions back. */
	@Test
	void anEntryOfALaterFormatFailsAndStaysAsItIs() {
		for (String later : List.of("00" + entry("02", 5, 1) + FIRST_HEX, "00", "0001", "00" + FIRST_HEX)) {
			set(PRINCIPAL, later);
			assertUnavailable(() -> this.store.epoch(NAME));
			assertUnavailable(() -> this.store.members(NAME));
			assertUnavailable(() -> this.store.admit(NAME, FIRST, 5, SessionLimit.NONE));
			assertUnavailable(() -> this.store.revoke(NAME, null));
			assertUnavailable(() -> this.store.strikeOff(NAME, List.of(FIRST)));
			assertThat(get(PRINCIPAL)).isEqualTo(later);
		}
	}

	private static void assertUnavailable(Runnable call) {
		assertThatExceptionOfType(SessionStoreUnavailableException.class).isThrownBy(call::run)
			.withMessageContaining("can't be read");
	}

}
