package app.session.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import app.session.server.Executables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;

/**
 * The directory of an application in Node, with its packages as its lock file names them.
 * They are fetched once: as long as the lock file is the same, a later run finds them.
 */
final class NodePackages {

	private static final Path SOURCES = Path.of("src", "test", "node");

	private static final Path TARGET = Path.of("target", "node").toAbsolutePath();

	private static final int OLDEST_NODE = 18;

	private static final long LIMIT_MINUTES = 3;

	/**
	 * What npm calls a mistake in our files. All else is a machine without a registry.
	 */
	private static final Pattern MISTAKE = Pattern.compile("\\bcode (EUSAGE|EINTEGRITY|EJSONPARSE)\\b");

	private final Path directory;

	private final @Nullable String missing;

	private NodePackages(Path directory, @Nullable String missing) {
		this.directory = directory;
		this.missing = missing;
	}

	/**
	 * Makes the directory, which takes some seconds.
	 * @param application the name of its directory in the sources
	 */
	static NodePackages of(String application) {
		Path npm = Executables.find("npm");
		try {
			assumeRecent(Executables.find("node"));
			Path source = SOURCES.resolve(application);
			Path directory = TARGET.resolve(application + "-" + digest(source.resolve("package-lock.json")));
			copy(source, directory);
			Path done = directory.resolve("installed");
			String missing = Files.exists(done) ? null : install(npm, directory);
			if (missing == null) {
				Files.write(done, new byte[0]);
			}
			return new NodePackages(directory, missing);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The directory. A test is skipped if the packages could not be fetched.
	 */
	Path directory() {
		if (this.missing != null) {
			throw new TestAbortedException(this.missing);
		}
		return this.directory;
	}

	private static void assumeRecent(Path node) throws IOException {
		Process process = new ProcessBuilder(node.toString(), "--version").start();
		String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		int major = Integer.parseInt(version.substring(1, version.indexOf('.')));
		Assumptions.assumeTrue(major >= OLDEST_NODE, "Node " + OLDEST_NODE + " is needed, and here is " + version);
	}

	private static String digest(Path file) throws IOException {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
			return HexFormat.of().formatHex(digest, 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void copy(Path source, Path directory) throws IOException {
		Files.createDirectories(directory);
		try (Stream<Path> files = Files.list(source).filter(Files::isRegularFile)) {
			for (Path file : files.toList()) {
				Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

	private static @Nullable String install(Path npm, Path directory) throws IOException {
		File log = directory.resolve("npm.log").toFile();
		Process process = new ProcessBuilder(
				List.of(npm.toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
						"--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=30000"))
			.directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log)
			.start();
		process.getOutputStream().close();
		boolean ended = await(process);
		if (ended && process.exitValue() == 0) {
			return null;
		}
		String said = Files.readString(log.toPath(), StandardCharsets.UTF_8);
		if (MISTAKE.matcher(said).find()) {
			throw new IllegalStateException("The packages don't fit their lock file:\n" + said);
		}
		return "npm could not fetch the packages of " + directory.getFileName()
				+ (ended ? ":\n" + said : " within " + LIMIT_MINUTES + " minutes");
	}

	private static boolean await(Process process) {
		try {
			return process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
