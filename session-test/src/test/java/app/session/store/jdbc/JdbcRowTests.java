package app.session.store.jdbc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import app.session.PrincipalIndex.Admission.Status;
import app.session.SecretHash;
import app.session.SessionEvent.RecordUnreadable;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionStoreUnavailableException;
import app.session.WriterTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The form of what stands in the tables: what this version writes every later one reads.
 */
@ParameterizedClass
@MethodSource("databases")
class JdbcRowTests {

	private static final String ID = "00112233445566778899aabbccddeeff";

	private static final SessionKey KEY = new SessionKey(0x0011223344556677L, 0x8899aabbccddeeffL);

	private static final String OTHER_ID = "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0";

	private static final SessionKey OTHER_KEY = new SessionKey(0xfffefdfcfbfaf9f8L, 0xf7f6f5f4f3f2f1f0L);

	private static final String HASH = "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20";

	/** 2026-11-24T10:00:00Z. */
	private static final long CREATED = 1_795_514_400_000L;

	/** Longer than this test will be run. */
	private static final long FOR_EVER = 1L << 42;

	private static final String PRINCIPAL = "älice";

	/** The SHA-256 of it in UTF-8. */
	private static final String PRINCIPAL_ID = "fc84e77df604fe0b79185ac03666340daa3afc24db509094c2ee48f91822bfd3";

	/** Format 1, epoch 5, one member when they were last looked through, two members. */
	private static final String ENTRY = "01" + "0000000000000005" + "00000001" + "00000002" + ID + OTHER_ID;

	@Parameter
	private JdbcDatabase database;

	private JdbcFixture fixture;

	private JdbcSessionRepository store;

	static Stream<JdbcDatabase> databases() {
		return Stream.of(JdbcDatabase.h2(), JdbcDatabase.postgresql(), JdbcDatabase.mariadb(),
				JdbcDatabase.mariadbByMysqlDriver());
	}

	@BeforeEach
	void open() {
		this.fixture = new JdbcFixture(this.database);
		this.store = this.fixture.store();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void anAnonymousSessionIsReadAsItStandsThere() {
		insertSession(1, List.of(0x0102030405060708L), "", "68656c6c6f");
		assertThat(this.store.find(KEY)).usingRecursiveComparison()
			.isEqualTo(new SessionRecord(KEY, 1, List.of(new WriterTag(0x0102030405060708L)), hash(),
					Instant.parse("2026-11-24T10:00:00Z"), Instant.parse("2026-11-24T10:01:01.001Z"),
					Duration.ofMillis(FOR_EVER), Duration.ofMillis(FOR_EVER + 1), null, "hello".getBytes()));
	}

	@Test
	void aSessionWithAPrincipalIsReadAsItStandsThere() {
		insertSession(7, List.of(2L, -2L, 3L, 4L), "c3a46c696365", "00");
		SessionRecord expected = new SessionRecord(KEY, 7,
				List.of(new WriterTag(2), new WriterTag(-2), new WriterTag(3), new WriterTag(4)), hash(),
				Instant.parse("2026-11-24T10:00:00Z"), Instant.parse("2026-11-24T10:01:01.001Z"),
				Duration.ofMillis(FOR_EVER), Duration.ofMillis(FOR_EVER + 1), PRINCIPAL, new byte[1]);
		assertThat(this.store.find(KEY)).usingRecursiveComparison().isEqualTo(expected);
		assertThat(this.store.stream()).singleElement().usingRecursiveComparison().isEqualTo(expected);
		assertThat(this.store.findAndTouch(KEY)).isNotNull()
			.extracting(SessionRecord::version, SessionRecord::principal)
			.containsExactly(7L, PRINCIPAL);
	}

	@Test
	void aSessionIsWrittenAsItAlwaysWas() {
		SessionRecord record = new SessionRecord(KEY, 1, List.of(new WriterTag(0x0102030405060708L)), hash(),
				Instant.EPOCH, Instant.EPOCH, Duration.ofMinutes(30), Duration.ofHours(24), null, "hello".getBytes());
		long before = System.currentTimeMillis();
		assertThat(this.store.create(record)).isTrue();
		Map<String, Object> row = row("");
		assertThat((long) row.get("created")).isBetween(before, System.currentTimeMillis())
			.isEqualTo(row.get("last_accessed"));
		assertThat(row.toString().replaceAll("(created|last_accessed)=\\d+", "$1=?"))
			.isEqualTo("{id=" + ID + ", version=1, writer1=72623859790382856, writer2=null, writer3=null, writer4=null,"
					+ " secret_hash=" + HASH + ", created=?, last_accessed=?, idle_timeout=1800000, lifetime=86400000,"
					+ " principal=null, touches=0, data=68656c6c6f}");
	}

	@Test
	void aChangeIsWrittenAsItAlwaysWas() {
		insertSession(6, List.of(-2L, 3L, 4L, 5L), "", "00");
		byte[] other = new byte[SecretHash.LENGTH];
		SessionRecord next = this.store.find(KEY)
			.next(new WriterTag(2), SecretHash.of(other), Duration.ofMinutes(30), PRINCIPAL,
					"{}".getBytes(StandardCharsets.UTF_8));
		assertThat(this.store.update(next)).isTrue();
		assertThat(row("").toString().replaceAll("last_accessed=\\d+", "last_accessed=?"))
			.isEqualTo("{id=" + ID + ", version=7, writer1=2, writer2=-2, writer3=3, writer4=4, secret_hash="
					+ "00".repeat(32) + ", created=1795514400000, last_accessed=?, idle_timeout=1800000,"
					+ " lifetime=4398046511105, principal=c3a46c696365, touches=1, data=7b7d}");
	}

	@Test
	void aTouchWritesTheLastAccessAlone() {
		insertSession(6, List.of(-2L, 3L), "c3a46c696365", "00");
		Map<String, Object> expected = row("");
		long before = System.currentTimeMillis();
		assertThat(this.store.touch(KEY)).isTrue();
		Map<String, Object> row = row("");
		assertThat((long) row.get("last_accessed")).isBetween(before, System.currentTimeMillis());
		expected.put("last_accessed", row.get("last_accessed"));
		expected.put("touches", 1L);
		assertThat(row).isEqualTo(expected);
	}

	@Test
	void aSessionWithoutSenseIsAbsentAndStaysAsItIs() {
		for (String change : List.of("version = 0", "writer1 = NULL", "principal = " + literal("ff"))) {
			insertSession(1, List.of(1L), "", "00");
			this.fixture.execute("UPDATE " + this.fixture.table() + " SET " + change);
			Map<String, Object> before = row("");
			this.fixture.events().clear();
			assertThat(this.store.find(KEY)).as(change).isNull();
			assertThat(this.fixture.events()).containsExactly(new RecordUnreadable(KEY));
			assertThat(row("")).isEqualTo(before);
			this.fixture.execute("DELETE FROM " + this.fixture.table());
		}
	}

	@Test
	void thePrincipalsSessionsAreReadAsTheyStandThere() {
		insertEntry(ENTRY);
		assertThat(this.store.epoch(PRINCIPAL)).isEqualTo(5);
		assertThat(this.store.members(PRINCIPAL)).containsExactly(KEY, OTHER_KEY);
		assertThat(this.store.admit(PRINCIPAL, KEY, 4, SessionLimit.NONE).status()).isEqualTo(Status.STALE);
	}

	@Test
	void thePrincipalsSessionsAreWrittenAsTheyAlwaysWere() {
		this.store.admit(PRINCIPAL, KEY, 0, SessionLimit.NONE);
		assertEntry("01" + "0000000000000000" + "00000000" + "00000001" + ID, 0);
		this.store.admit(PRINCIPAL, OTHER_KEY, 0, SessionLimit.NONE);
		assertEntry("01" + "0000000000000000" + "00000000" + "00000002" + ID + OTHER_ID, 0);
		this.store.revoke(PRINCIPAL, OTHER_KEY);
		assertEntry("01" + "0000000000000001" + "00000001" + "00000001" + OTHER_ID + ID, 1);
		this.store.strikeOff(PRINCIPAL, List.of(KEY));
		assertEntry("01" + "0000000000000001" + "00000001" + "00000001" + OTHER_ID, 0);
	}

	/** To begin anew would bring back what was revoked. */
	@Test
	void aPrincipalsEntryOfALaterFormatIsAnOutageAndStaysAsItIs() {
		String entry = "02" + ENTRY.substring(2);
		insertEntry(entry);
		assertThatExceptionOfType(SessionStoreUnavailableException.class).isThrownBy(() -> this.store.epoch(PRINCIPAL));
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> this.store.admit(PRINCIPAL, KEY, 5, SessionLimit.NONE));
		assertThat(row("_principal")).containsEntry("entry", entry);
	}

	@Test
	void aLeaseIsReadAsItStandsThere() {
		execute("INSERT INTO " + this.fixture.table() + "_lease (id, holder, ends_at, turns) VALUES (" + literal(ID)
				+ ", -2, 4503599627370496, 7)");
		Duration minute = Duration.ofMinutes(1);
		assertThat(this.store.acquire(KEY, new WriterTag(3), minute)).isFalse();
		assertThat(this.store.renew(KEY, new WriterTag(3), minute)).isFalse();
		assertThat(this.store.renew(KEY, new WriterTag(-2), minute)).isTrue();
		assertLease(-2, 8, minute);
		execute("UPDATE " + this.fixture.table() + "_lease SET ends_at = 1");
		assertThat(this.store.renew(KEY, new WriterTag(-2), minute)).isFalse();
		assertThat(this.store.acquire(KEY, new WriterTag(3), minute)).isTrue();
		assertLease(3, 9, minute);
	}

	@Test
	void aLeaseIsWrittenAsItAlwaysWas() {
		Duration minute = Duration.ofMinutes(1);
		assertThat(this.store.acquire(KEY, new WriterTag(-2), minute)).isTrue();
		assertLease(-2, 0, minute);
		this.store.release(KEY, new WriterTag(-2));
		assertThat(rows("_lease")).isEmpty();
	}

	private void insertSession(long version, List<Long> writers, String principal, String data) {
		String[] tags = new String[SessionRecord.MAX_WRITERS];
		for (int i = 0; i < tags.length; i++) {
			tags[i] = (i < writers.size()) ? String.valueOf(writers.get(i)) : "NULL";
		}
		execute("INSERT INTO " + this.fixture.table()
				+ " (id, version, writer1, writer2, writer3, writer4, secret_hash, created, last_accessed,"
				+ " idle_timeout, lifetime, principal, touches, data) VALUES (" + literal(ID) + ", " + version + ", "
				+ String.join(", ", tags) + ", " + literal(HASH) + ", 1795514400000, 1795514461001, 4398046511104,"
				+ " 4398046511105, " + (principal.isEmpty() ? "NULL" : literal(principal)) + ", 0, " + literal(data)
				+ ")");
	}

	private void insertEntry(String entry) {
		execute("INSERT INTO " + this.fixture.table() + "_principal (id, entry, unfinished, written) VALUES ("
				+ literal(PRINCIPAL_ID) + ", " + literal(entry) + ", 0, 1795514400000)");
	}

	private void execute(String sql) {
		assertThat(this.fixture.execute(sql)).isEqualTo(1);
	}

	private String literal(String hex) {
		return this.database.platform().equals("postgresql") ? "'\\x" + hex + "'::bytea" : "X'" + hex + "'";
	}

	private void assertEntry(String entry, long unfinished) {
		Map<String, Object> row = row("_principal");
		assertThat((long) row.remove("written")).isBetween(CREATED, System.currentTimeMillis());
		assertThat(row).isEqualTo(Map.of("id", PRINCIPAL_ID, "entry", entry, "unfinished", unfinished));
	}

	private void assertLease(long holder, long turns, Duration length) {
		Map<String, Object> row = row("_lease");
		long end = System.currentTimeMillis() + length.toMillis();
		assertThat((long) row.remove("ends_at")).isBetween(end - 20_000, end);
		assertThat(row).isEqualTo(Map.of("id", ID, "holder", holder, "turns", turns));
	}

	private Map<String, Object> row(String table) {
		assertThat(rows(table)).hasSize(1);
		return rows(table).get(0);
	}

	/** Bytes are hexadecimal. */
	private List<Map<String, Object>> rows(String table) {
		return this.fixture.rows("SELECT * FROM " + this.fixture.table() + table);
	}

	private static SecretHash hash() {
		return SecretHash.of(HexFormat.of().parseHex(HASH));
	}

}
