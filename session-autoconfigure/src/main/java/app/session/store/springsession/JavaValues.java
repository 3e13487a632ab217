package app.session.store.springsession;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.Stream;

import app.session.codec.UnreadableValueException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Reads what Java's serialization has written. It is the one place where that is done:
 * Spring Session writes so unless it is told otherwise, and a session that is alive can't
 * be moved without. Safe for use by many threads.
 * <p>
 * A class that is not in {@link JavaTypes} is not even loaded. What is read takes time
 * and memory in proportion to its bytes:
 * <ul>
 * <li>{@value #MAX_BYTES} bytes, a depth of {@value #MAX_DEPTH} and
 * {@value #MAX_REFERENCES} references are the most;</li>
 * <li>all arrays together, those inside collections among them, have no more elements
 * than could have been written into so many bytes;</li>
 * <li>a collection that holds the same one many times, itself holding the same one many
 * times and so on, is refused before anybody walks through it, as its hash code would. So
 * is one that contains itself.</li>
 * </ul>
 * What a class does that the application has named itself is that application's own
 * business.
 */
final class JavaValues {

	/** The most bytes of a value. */
	static final int MAX_BYTES = 4 * 1024 * 1024;

	/** The most that objects are nested. */
	static final int MAX_DEPTH = 100;

	/** The most objects, strings not counted. */
	static final int MAX_REFERENCES = 500_000;

	/** The most elements that a walk through a value may come by. */
	private static final long MAX_WEIGHT = 1_000_000;

	/** An empty set is written in 18 bytes or more, and has a table of 16. */
	private static final int ELEMENTS_PER_BYTE = 8;

	/** To write a longer one in decimal takes too long. */
	private static final int MAX_BITS = 1 << 14;

	/** What a map makes itself when it is read. */
	private static final Class<?> TABLE = Map.Entry[].class;

	private static final byte[] MAGIC = { (byte) 0xAC, (byte) 0xED };

	private final JavaTypes types;

	JavaValues(JavaTypes types) {
		this.types = types;
	}

	/**
	 * Whether bytes are of Java's serialization.
	 */
	static boolean isJava(byte[] bytes) {
		return bytes.length >= MAGIC.length && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
	}

	/**
	 * Reads a value.
	 * @param bytes what was written
	 * @return a new object, or {@code null} if that was written
	 * @throws RefusedClassException if a class in it is not allowed
	 * @throws UnreadableValueException if it is damaged or breaks a limit
	 */
	@Nullable Object read(byte[] bytes) {
		if (bytes.length > MAX_BYTES) {
			throw new UnreadableValueException("it has more than " + MAX_BYTES + " bytes");
		}
		try (Input input = new Input(bytes)) {
			return input.readObject();
		}
		catch (RefusedClassException | UnreadableValueException ex) {
			throw ex;
		}
		catch (IOException | ClassNotFoundException | RuntimeException | LinkageError | StackOverflowError ex) {
			// A message may quote the value.
			throw new UnreadableValueException("it can't be read: " + ex.getClass().getName());
		}
	}

	/**
	 * One value.
	 */
	private final class Input extends ObjectInputStream {

		private final ClassLoader loader;

		private final Map<Object, Long> weights = new IdentityHashMap<>();

		Input(byte[] bytes) throws IOException {
			super(new ByteArrayInputStream(bytes));
			ClassLoader found = ClassUtils.getDefaultClassLoader();
			this.loader = (found != null) ? found : ClassLoader.getSystemClassLoader();
			setObjectInputFilter(new Limits(JavaValues.this.types, (long) bytes.length * ELEMENTS_PER_BYTE));
			enableResolveObject(true);
		}

		@Override
		protected Class<?> resolveClass(ObjectStreamClass described) throws ClassNotFoundException {
			String name = described.getName();
			if (name.length() > 1 && !JavaValues.this.types.allows(name)) {
				throw new RefusedClassException(name);
			}
			return Class.forName(name, false, this.loader);
		}

		@Override
		protected Class<?> resolveProxyClass(String[] interfaces) {
			throw new RefusedClassException("a proxy");
		}

		/**
		 * Called for each object when all that is in it has been read, so the weight of
		 * its elements is known.
		 */
		@Override
		protected Object resolveObject(Object read) throws InvalidClassException {
			if (read instanceof BigInteger number && number.bitLength() > MAX_BITS) {
				throw new InvalidClassException("A number is too long");
			}
			Stream<?> elements = elements(read);
			if (elements != null) {
				long weight = elements.mapToLong(this::weight).reduce(1, (a, b) -> Math.min(a + b, MAX_WEIGHT + 1));
				if (weight > MAX_WEIGHT) {
					throw new InvalidClassException("A collection is too large, or contains itself");
				}
				this.weights.put(read, weight);
			}
			return read;
		}

		private long weight(@Nullable Object element) {
			if (element == null || elements(element) == null) {
				return 1;
			}
			return this.weights.getOrDefault(element, weightOfUnseen(element));
		}

		/** What a collection has wrapped was seen, but for empty constants of the JDK. */
		private static long weightOfUnseen(Object element) {
			return (element instanceof Collection<?> c && c.isEmpty() || element instanceof Map<?, ?> m && m.isEmpty())
					? 1 : MAX_WEIGHT + 1;
		}

		private static @Nullable Stream<?> elements(Object object) {
			if (object instanceof Collection<?> collection) {
				return collection.stream();
			}
			if (object instanceof Map<?, ?> map) {
				return Stream.concat(map.keySet().stream(), map.values().stream());
			}
			return (object instanceof Object[] array) ? Arrays.stream(array) : null;
		}

	}

	/**
	 * What is asked before each object is made.
	 */
	private static final class Limits implements ObjectInputFilter {

		private final JavaTypes types;

		private long elementsLeft;

		Limits(JavaTypes types, long elements) {
			this.types = types;
			this.elementsLeft = elements;
		}

		@Override
		public Status checkInput(FilterInfo info) {
			if (info.depth() > MAX_DEPTH || info.references() > MAX_REFERENCES) {
				return Status.REJECTED;
			}
			if (info.arrayLength() > 0) {
				this.elementsLeft -= info.arrayLength();
			}
			Class<?> type = info.serialClass();
			boolean allowed = type == null || type == TABLE || type.isPrimitive() || this.types.allows(type.getName());
			return (allowed && this.elementsLeft >= 0) ? Status.ALLOWED : Status.REJECTED;
		}

	}

}
