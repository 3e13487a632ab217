package app.session.autoconfigure;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

import app.session.crypto.Keys;
import app.session.crypto.SealedFile;
import app.session.store.memory.MemorySnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The file that keeps sessions in memory over a restart, by our properties.
 * <p>
 * It is written when the store's bean is destroyed: later than any phase of a lifecycle,
 * so the web server takes no requests any more and all that has the store injected is
 * gone, and also after a start that failed, when nothing was started that could be
 * stopped, but the file was read and deleted.
 */
final class SnapshotSettings {

	private SnapshotSettings() {
	}

	/**
	 * The snapshot.
	 * @return the snapshot, or {@code null} if none is wanted
	 * @throws InvalidSessionPropertyException if a property makes no sense
	 */
	static @Nullable MemorySnapshot snapshot(SessionProperties properties, Environment environment,
			InstantSource clock) {
		String name = properties.memory().snapshot();
		if (!StringUtils.hasText(name)) {
			return null;
		}
		if (properties.keys().isEmpty()) {
			throw PropertyChecks.invalid("memory.snapshot", name,
					"There are no keys to seal it with, and a random key ends with the process.",
					"Make a key with '" + Keys.COMMAND + "', and set app.session.keys to it.");
		}
		return new MemorySnapshot(file(name), new SealedFile(SessionSettings.keyRing(properties.keys()),
				SessionSettings.application(properties, environment), new SecureRandom()), clock);
	}

	private static Path file(String name) {
		try {
			Path file = Path.of(name).toAbsolutePath();
			Path directory = file.getParent();
			if (directory != null && Files.isWritable(directory) && !Files.isDirectory(file)) {
				return file;
			}
		}
		catch (InvalidPathException ex) {
			// It is no file either.
		}
		throw PropertyChecks.invalid("memory.snapshot", name,
				"It is no file in a directory that this process may write to.",
				"Create the directory, for the user of this process alone, or name another file.");
	}

}
