package app.session.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The classes that a value without a declared type may be made of, by name, so that a
 * class that is not among them is not even loaded.
 * <p>
 * Always allowed: the boxed types, {@link String}, {@code java.math}, {@code java.time},
 * {@link java.util.UUID}, {@link java.util.Locale}, {@link java.util.Currency},
 * {@link java.util.Date}, the usual collections of {@code java.util} and arrays of what
 * is allowed. Nothing else is, unless it is named: never all classes of the JDK, and
 * never a class because of one above it. Where a property of an allowed class declares a
 * final class, the stored value has no say, so that class needs no entry. Immutable.
 */
public final class AllowedTypes {

	private static final Pattern NAME = Pattern
		.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*(\\.\\p{javaJavaIdentifierStart}"
				+ "\\p{javaJavaIdentifierPart}*)*\\.?");

	/** Packages of which only single classes can be allowed. */
	private static final List<String> PLATFORM = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

	/** Packages that are too wide, and those above them. */
	private static final List<String> TOO_WIDE = List.of("org.springframework.", "org.apache.", "jakarta.",
			"com.fasterxml.", "tools.jackson.", "net.sf.", "io.netty.");

	/** Longer than any name, and short enough for the stack of a regular expression. */
	private static final int MAX_NAME = 1000;

	private static final int MAX_DIMENSIONS = 255;

	private static final String PRIMITIVES = "ZBSCIJFD";

	private static final AllowedTypes BUILT_IN = new AllowedTypes(List.of());

	private final Set<String> classes = new HashSet<>();

	private final List<String> packages = new ArrayList<>();

	private AllowedTypes(Collection<String> entries) {
		for (String entry : entries) {
			if (!NAME.matcher(entry).matches()) {
				throw new IllegalArgumentException("'" + entry
						+ "' is neither the name of a class nor that of a package with a dot at its end, as in com.acme.");
			}
			if (entry.endsWith(".")) {
				requireOwn(entry);
				this.packages.add(entry);
			}
			else {
				this.classes.add(entry);
			}
		}
	}

	private static void requireOwn(String name) {
		if (PLATFORM.stream().anyMatch((platform) -> name.startsWith(platform) || platform.startsWith(name))
				|| TOO_WIDE.stream().anyMatch((wide) -> wide.startsWith(name))) {
			throw new IllegalArgumentException("The package '" + name
					+ "' holds classes that must not be made from stored data: name the classes");
		}
	}

	/**
	 * What is always allowed, and nothing else.
	 * @return the one instance
	 */
	public static AllowedTypes builtIn() {
		return BUILT_IN;
	}

	/**
	 * What is always allowed and what is named.
	 * @param entries the names of classes as {@link Class#getName()} has them
	 * ({@code com.acme.Cart}, {@code com.acme.Shop$Item}), and of packages with a dot at
	 * the end, which stand for their sub-packages too ({@code com.acme.})
	 * @return a new instance
	 * @throws IllegalArgumentException if an entry is neither, or a package with classes
	 * of the JDK or of a framework in it
	 */
	public static AllowedTypes of(Collection<String> entries) {
		return entries.isEmpty() ? BUILT_IN : new AllowedTypes(entries);
	}

	/**
	 * As {@link #of(Collection)}.
	 * @param entries the names
	 * @return a new instance
	 * @throws IllegalArgumentException as there
	 */
	public static AllowedTypes of(String... entries) {
		return of(Arrays.asList(entries));
	}

	/**
	 * Whether a class may be read.
	 * @param className a name as {@link Class#getName()} has it, or any text
	 * @return {@code false} unless it is certain
	 */
	boolean allows(String className) {
		if (!className.startsWith("[")) {
			return BuiltInTypes.canRead(className) || isNamed(className);
		}
		int dimensions = 1;
		while (dimensions < className.length() && className.charAt(dimensions) == '[') {
			dimensions++;
		}
		String component = className.substring(dimensions);
		if (dimensions > MAX_DIMENSIONS) {
			return false;
		}
		if (component.startsWith("L") && component.endsWith(";")) {
			String name = component.substring(1, component.length() - 1);
			return BuiltInTypes.canBeComponent(name) || isNamed(name);
		}
		return component.length() == 1 && PRIMITIVES.contains(component);
	}

	private boolean isNamed(String className) {
		return this.classes.contains(className)
				|| className.length() <= MAX_NAME && this.packages.stream().anyMatch(className::startsWith)
						&& !className.endsWith(".") && NAME.matcher(className).matches();
	}

}
