package app.session.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import app.session.SecretHash;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.WriterTag;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

/**
 * Whether calls at the same moment always answer as if one came after the other, for
 * small histories chosen by Lincheck.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "version", gen = IntGen.class, conf = "2:2")
@Param(name = "tag", gen = IntGen.class, conf = "1:4")
public class MemoryLincheckTests {

	private static final SecretHash HASH = SecretHash.of(new byte[SecretHash.LENGTH]);

	private final MemorySessionRepository store = new MemorySessionRepository(100, InstantSource.fixed(Instant.EPOCH),
			(event) -> {
			}, Runnable::run);

	@Operation
	public boolean create(@Param(name = "key") int key) {
		return this.store.create(record(key, 1, 0));
	}

	@Operation
	public @Nullable String find(@Param(name = "key") int key) {
		return describe(this.store.find(key(key)));
	}

	@Operation
	public @Nullable String findAndTouch(@Param(name = "key") int key) {
		return describe(this.store.findAndTouch(key(key)));
	}

	@Operation
	public boolean update(@Param(name = "key") int key, @Param(name = "version") int version,
			@Param(name = "tag") int tag) {
		return this.store.update(record(key, version, tag));
	}

	@Operation
	public boolean touch(@Param(name = "key") int key) {
		return this.store.touch(key(key));
	}

	@Operation
	public boolean delete(@Param(name = "key") int key) {
		return this.store.delete(key(key));
	}

	@Test
	void everyHistoryUnderStressIsLinearizable() {
		new StressOptions().iterations(15)
			.invocationsPerIteration(200)
			.threads(3)
			.actorsPerThread(3)
			.actorsBefore(2)
			.actorsAfter(1)
			.check(MemoryLincheckTests.class);
	}

	@Test
	void everyHistoryOfTheModelCheckerIsLinearizable() {
		new ModelCheckingOptions().iterations(4)
			.invocationsPerIteration(50)
			.threads(2)
			.actorsPerThread(3)
			.actorsBefore(2)
			.actorsAfter(1)
			.check(MemoryLincheckTests.class);
	}

	private static @Nullable String describe(@Nullable SessionRecord record) {
		return (record != null) ? record.version() + " by " + record.writers() : null;
	}

	private static SessionKey key(int key) {
		return new SessionKey(0, key);
	}

	private static SessionRecord record(int key, int version, int tag) {
		return new SessionRecord(key(key), version, List.of(new WriterTag(tag)), HASH, Instant.EPOCH, Instant.EPOCH,
				Duration.ofMinutes(30), Duration.ofHours(24), null, new byte[0]);
	}

}
