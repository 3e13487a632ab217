package app.session.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * What is installed on this machine.
 */
public final class Executables {

	private Executables() {
	}

	/**
	 * The executable that a shell would find. A test is skipped where there is none.
	 */
	public static Path find(String name) {
		Optional<Path> executable = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst();
		Assumptions.assumeTrue(executable.isPresent(), "There is no " + name + " on this machine");
		return executable.get();
	}

}
