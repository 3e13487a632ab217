package app.session.store.springsession;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes that may be read from Java's serialization, one by one: those of the JDK
 * that sessions hold, and what they are written as and made of. None does more when it is
 * read than to take its content.
 */
final class JavaTypes {

	/**
	 * What a login of Spring Security's own is made of, by its names of versions 5 to 7.
	 */
	private static final Set<String> SECURITY = below("org.springframework.security.",
			"core.context.SecurityContextImpl", "core.authority.SimpleGrantedAuthority",
			"core.authority.FactorGrantedAuthority", "core.userdetails.User",
			"core.userdetails.User$AuthorityComparator", "authentication.AbstractAuthenticationToken",
			"authentication.UsernamePasswordAuthenticationToken", "authentication.RememberMeAuthenticationToken",
			"web.authentication.WebAuthenticationDetails", "web.csrf.DefaultCsrfToken",
			"web.authentication.preauth.PreAuthenticatedAuthenticationToken");

	private static final Set<String> LANG = below("java.lang.", "String", "Number", "Byte", "Short", "Integer", "Long",
			"Float", "Double", "Boolean", "Character", "Enum", "Object", "StackTraceElement");

	private static final Set<String> MATH = below("java.math.", "BigInteger", "BigDecimal");

	/** But for the enums they are written as the class {@code Ser}. */
	private static final Set<String> TIME = below("java.time.", "Ser", "DayOfWeek", "Month", "Duration", "Instant",
			"LocalDate", "LocalDateTime", "LocalTime", "MonthDay", "OffsetDateTime", "OffsetTime", "Period", "Year",
			"YearMonth", "ZonedDateTime", "ZoneOffset", "ZoneRegion");

	/** What {@code List.of} and its kin make, written as {@code java.util.CollSer}. */
	private static final Set<String> IMMUTABLE = below("java.util.ImmutableCollections$", "List12", "ListN", "Set12",
			"SetN", "Map1", "MapN");

	private static final Set<String> UTIL = below("java.util.", "Date", "UUID", "Locale", "Currency", "ArrayList",
			"LinkedList", "ArrayDeque", "HashMap", "LinkedHashMap", "TreeMap", "HashSet", "LinkedHashSet", "TreeSet",
			"Arrays$ArrayList", "CollSer", "Collections$EmptyList", "Collections$EmptySet", "Collections$EmptyMap",
			"Collections$SingletonList", "Collections$SingletonSet", "Collections$SingletonMap",
			"Collections$UnmodifiableCollection", "Collections$UnmodifiableList",
			"Collections$UnmodifiableRandomAccessList", "Collections$UnmodifiableSet", "Collections$UnmodifiableMap",
			"concurrent.CopyOnWriteArrayList");

	/** A concurrent map is written as if it had locks. */
	private static final Set<String> CONCURRENT_MAP = below("java.util.concurrent.", "ConcurrentHashMap",
			"ConcurrentHashMap$Segment", "locks.ReentrantLock", "locks.ReentrantLock$Sync",
			"locks.ReentrantLock$NonfairSync", "locks.AbstractQueuedSynchronizer", "locks.AbstractOwnableSynchronizer");

	private static final String PRIMITIVES = "ZBSCIJFD";

	private final Set<String> named;

	/**
	 * Creates it.
	 * @param named classes of the application's that are allowed as well, by their exact
	 * names
	 */
	JavaTypes(Set<String> named) {
		this.named = Stream.of(SECURITY, LANG, MATH, TIME, IMMUTABLE, UTIL, CONCURRENT_MAP, named)
			.flatMap(Set::stream)
			.collect(Collectors.toUnmodifiableSet());
	}

	private static Set<String> below(String prefix, String... names) {
		return Stream.of(names).map(prefix::concat).collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Whether a class may be read.
	 * @param name its name as {@link Class#getName()} has it, or any text
	 */
	boolean allows(String name) {
		int dimensions = 0;
		while (dimensions < name.length() && name.charAt(dimensions) == '[') {
			dimensions++;
		}
		if (dimensions == 0) {
			return this.named.contains(name);
		}
		String component = name.substring(dimensions);
		if (component.startsWith("L") && component.endsWith(";")) {
			return this.named.contains(component.substring(1, component.length() - 1));
		}
		return component.length() == 1 && PRIMITIVES.contains(component);
	}

}
