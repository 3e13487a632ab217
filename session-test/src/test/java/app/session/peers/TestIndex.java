package app.session.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.platform.commons.annotation.Testable;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

/**
 * The tests of this module and of those it is built on, and what they show, by their
 * class files: a class of another module's tests can't be loaded here.
 */
final class TestIndex {

	private final MetadataReaderFactory reader = new SimpleMetadataReaderFactory();

	/** The names of the superclasses, by the class's name. */
	private final Map<String, String> parents = new HashMap<>();

	/** The tests by the name of the class that declares them. */
	private final Map<String, Set<String>> methods = new HashMap<>();

	/** The full names by the short ones. */
	private final Map<String, Set<String>> classes = new HashMap<>();

	/** The tests, or a class of them, by what they show. */
	private final Map<String, Set<String>> expectations = new TreeMap<>();

	static TestIndex of(Path... directories) {
		TestIndex index = new TestIndex();
		for (Path directory : directories) {
			try (Stream<Path> files = Files.walk(directory)) {
				files.filter((file) -> file.toString().endsWith(".class")).forEach(index::add);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return index;
	}

	private void add(Path file) {
		try {
			AnnotationMetadata type = this.reader.getMetadataReader(new FileSystemResource(file))
				.getAnnotationMetadata();
			String name = type.getClassName();
			String shortName = name.replaceFirst(".*[.$]", "");
			this.classes.computeIfAbsent(shortName, (key) -> new HashSet<>()).add(name);
			if (type.getSuperClassName() != null) {
				this.parents.put(name, type.getSuperClassName());
			}
			addExpectations(type, shortName);
			type.getAnnotatedMethods(Testable.class.getName()).forEach((method) -> {
				this.methods.computeIfAbsent(name, (key) -> new HashSet<>()).add(method.getMethodName());
				addExpectations(method, shortName + "#" + method.getMethodName());
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void addExpectations(AnnotatedTypeMetadata element, String test) {
		MergedAnnotation<Expectation> expectation = element.getAnnotations().get(Expectation.class);
		if (expectation.isPresent()) {
			for (String subject : expectation.getStringArray(MergedAnnotation.VALUE)) {
				this.expectations.computeIfAbsent(subject, (key) -> new TreeSet<>()).add(test);
			}
		}
	}

	/**
	 * Whether there is a test, in the class or in what it extends.
	 * @param test its name, as {@code Class#method}
	 */
	boolean has(String test) {
		List<String> parts = List.of(test.split("#"));
		return this.classes.getOrDefault(parts.get(0), Set.of()).stream().anyMatch((name) -> {
			for (String type = name; type != null; type = this.parents.get(type)) {
				if (this.methods.getOrDefault(type, Set.of()).contains(parts.get(1))) {
					return true;
				}
			}
			return false;
		});
	}

	/**
	 * The tests, as {@code Class#method}, and classes by what they say they show.
	 */
	Map<String, Set<String>> expectations() {
		return this.expectations;
	}

}
