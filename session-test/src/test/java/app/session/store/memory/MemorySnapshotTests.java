package app.session.store.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import app.session.PrincipalIndex.Admission.Status;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.crypto.KeyRing;
import app.session.crypto.SealedFile;
import app.session.test.MutableClock;
import app.session.test.SessionRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

@ExtendWith(OutputCaptureExtension.class)
class MemorySnapshotTests {

	@TempDir
	Path directory;

	private final MutableClock clock = new MutableClock();

	private final KeyRing ring = KeyRing.random(new SecureRandom());

	@Test
	void aSessionIsAsItWas() {
		MemorySessionRepository before = start();
		SessionRecord record = create(before, SessionRecords.records().principal("alice").data("data"));
		before.update(SessionRecords.withData(record, "more"));
		SessionRecord left = before.find(record.key());
		before.close();
		this.clock.advance(Duration.ofMinutes(5));
		assertThat(start().find(record.key())).usingRecursiveComparison().isEqualTo(left);
	}

	@Test
	void manySessionsAreKept() {
		MemorySessionRepository before = start();
		List<SessionKey> keys = Stream.generate(() -> create(before, SessionRecords.records().data("x".repeat(500))))
			.limit(2000)
			.map(SessionRecord::key)
			.toList();
		before.close();
		MemorySessionRepository after = start();
		assertThat(after.count()).isEqualTo(2000);
		assertThat(keys).allMatch((key) -> after.find(key) != null);
	}

	@Test
	void theTimeThatPassesMeanwhileCounts() {
		MemorySessionRepository before = start();
		SessionKey idle = create(before, SessionRecords.records().idleTimeout(Duration.ofMinutes(10))).key();
		SessionKey old = create(before, SessionRecords.records().lifetime(Duration.ofMinutes(10))).key();
		SessionKey longer = create(before, SessionRecords.records().idleTimeout(Duration.ofMinutes(12))).key();
		this.clock.advance(Duration.ofMinutes(5));
		before.close();
		this.clock.advance(Duration.ofMinutes(5));
		MemorySessionRepository after = start();
		assertThat(after.find(idle)).isNull();
		assertThat(after.find(old)).isNull();
		assertThat(after.count()).isEqualTo(1);
		assertThat(after.find(longer)).isNotNull();
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(after.find(longer)).isNull();
	}

	@Test
	void whatHasExpiredIsNotWritten() throws IOException {
		MemorySessionRepository before = start();
		create(before, SessionRecords.records().data("x".repeat(10_000)).idleTimeout(Duration.ofMinutes(1)));
		this.clock.advance(Duration.ofMinutes(1));
		before.close();
		assertThat(Files.size(file())).isLessThan(200);
	}

	@Test
	void whatIsKnownOfAPrincipalIsKept() {
		MemorySessionRepository before = start();
		SessionKey first = login(before, "alice");
		SessionKey second = login(before, "alice");
		SessionKey ending = create(before,
				SessionRecords.records().principal("alice").idleTimeout(Duration.ofMinutes(1)))
			.key();
		before.admit("alice", ending, 0, SessionLimit.NONE);
		before.revoke("bob", null);
		before.close();
		this.clock.advance(Duration.ofMinutes(2));
		MemorySessionRepository after = start();
		assertThat(after.members("alice")).containsExactly(first, second);
		assertThat(after.epoch("bob")).isEqualTo(1);
		SessionKey third = create(after, SessionRecords.records().principal("alice")).key();
		assertThat(after.admit("alice", third, 0, new SessionLimit(2, SessionLimit.WhenFull.REFUSE)).status())
			.isEqualTo(Status.FULL);
		assertThat(after.revoke("alice", null)).containsExactly(first, second);
	}

	@Test
	void theFloorOfTheEpochsIsKept() {
		MemorySessionRepository before = start();
		before.revoke("alice", null);
		before.principals().raiseFloor(7);
		before.close();
		assertThat(start().epoch("carol")).isEqualTo(7);
	}

	@Test
	void theFileIsReadOnce() {
		MemorySessionRepository before = start();
		SessionKey key = create(before, SessionRecords.records()).key();
		before.close();
		MemorySessionRepository after = start();
		assertThat(file()).doesNotExist();
		assertThat(after.find(key)).isNotNull();
		// The process dies: nothing is written, and nothing that had ended comes back
		assertThat(start().find(key)).isNull();
	}

	@Test
	void aStoreThatIsClosedTwiceIsWrittenOnce() throws IOException {
		MemorySessionRepository before = start();
		before.close();
		Files.delete(file());
		before.close();
		assertThat(file()).doesNotExist();
	}

	@Test
	void aFileThatCanNotBeDeletedIsNotUsed(CapturedOutput output) {
		MemorySessionRepository before = start();
		SessionKey key = create(before, SessionRecords.records().principal("alice")).key();
		before.admit("alice", key, 0, SessionLimit.NONE);
		before.close();
		assertThat(this.directory.toFile().setWritable(false)).isTrue();
		try {
			assumeThat(Files.isWritable(this.directory)).as("a user who may do anything").isFalse();
			MemorySessionRepository after = start();
			assertThat(after.find(key)).isNull();
			assertThat(after.members("alice")).isEmpty();
			assertThat(output).contains("are not used");
		}
		finally {
			assertThat(this.directory.toFile().setWritable(true)).isTrue();
		}
	}

	@Test
	void aForgedFileIsRefused(CapturedOutput output) throws IOException {
		MemorySessionRepository before = start();
		SessionKey key = login(before, "alice");
		before.close();
		byte[] bytes = Files.readAllBytes(file());
		for (int at = 0; at < bytes.length; at++) {
			byte[] forged = bytes.clone();
			forged[at] ^= 0x10;
			Files.write(file(), forged);
			MemorySessionRepository after = start();
			assertThat(after.find(key)).as("with byte %d changed", at).isNull();
			assertThat(after.members("alice")).isEmpty();
			assertThat(file()).exists();
		}
		assertThat(output).contains("are not used");
	}

	@Test
	void aFileThatIsDamagedAtItsEndGivesNoSessionAtAll() throws IOException {
		MemorySessionRepository before = start();
		for (int i = 0; i < 20; i++) {
			create(before, SessionRecords.records().data("x".repeat(20_000)));
		}
		login(before, "alice");
		before.close();
		byte[] bytes = Files.readAllBytes(file());
		bytes[bytes.length - 1] ^= 1;
		Files.write(file(), bytes);
		MemorySessionRepository after = start();
		assertThat(after.count()).isZero();
		assertThat(after.principals().size()).isZero();
	}

	@Test
	void aFileOfOtherKeysIsRefused() {
		MemorySessionRepository before = start();
		SessionKey key = create(before, SessionRecords.records()).key();
		before.close();
		assertThat(start(KeyRing.random(new SecureRandom())).find(key)).isNull();
		assertThat(start().find(key)).as("with the right ones").isNotNull();
	}

	@Test
	void aForeignFileIsReplacedAtTheNextStop() throws IOException {
		Files.writeString(file(), "a shopping list");
		MemorySessionRepository before = start();
		SessionKey key = create(before, SessionRecords.records()).key();
		assertThat(file()).hasContent("a shopping list");
		before.close();
		assertThat(start().find(key)).isNotNull();
	}

	@Test
	void aStolenFileTellsNothing() throws IOException {
		MemorySessionRepository before = start();
		create(before, SessionRecords.records().principal("alice@example.org").data("a secret"));
		before.close();
		assertThat(new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1)).doesNotContain("alice",
				"secret");
	}

	@Test
	void theFileIsForItsOwnerAlone() throws IOException {
		assumeThat(this.directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
		Files.writeString(file(), "readable for all");
		Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
		start().close();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
	}

	@Test
	void nothingIsLeftBesideTheFile() throws IOException {
		start().close();
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).containsExactly(file());
		}
	}

	@Test
	void aFileThatCanNotBeWrittenStopsNothing(CapturedOutput output) throws IOException {
		MemorySessionRepository before = start();
		Files.createDirectories(file().resolve("in the way"));
		before.close();
		assertThat(output).contains("were not written");
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).containsExactly(file());
		}
	}

	@Test
	void aSmallerStoreKeepsAsManyAsItMay() {
		MemorySessionRepository before = start();
		for (int i = 0; i < 100; i++) {
			login(before, "alice");
		}
		before.close();
		MemorySessionRepository after = store(10);
		snapshot(this.ring).keep(after);
		assertThat(after.count()).isBetween(1L, 10L);
		assertThat(after.members("alice")).hasSize((int) after.count()).allMatch((key) -> after.find(key) != null);
	}

	private Path file() {
		return this.directory.resolve("sessions");
	}

	private MemorySessionRepository start() {
		return start(this.ring);
	}

	private MemorySessionRepository start(KeyRing keys) {
		MemorySessionRepository store = store(10_000);
		snapshot(keys).keep(store);
		return store;
	}

	private MemorySessionRepository store(long maxSessions) {
		return new MemorySessionRepository(maxSessions, this.clock, (event) -> {
		}, Runnable::run);
	}

	private MemorySnapshot snapshot(KeyRing keys) {
		return new MemorySnapshot(file(), new SealedFile(keys, "shop", new SecureRandom()), this.clock);
	}

	private static SessionRecord create(MemorySessionRepository store, SessionRecords records) {
		SessionRecord record = records.build();
		assertThat(store.create(record)).isTrue();
		return record;
	}

	private static SessionKey login(MemorySessionRepository store, String principal) {
		SessionKey key = create(store, SessionRecords.records().principal(principal)).key();
		store.admit(principal, key, store.epoch(principal), SessionLimit.NONE);
		return key;
	}

}
