package app.session.codec;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import app.session.StoredException;

/**
 * The classes that are allowed by themselves, one by one, and the names they are written
 * under. Several classes share a name: the name must not depend on the JDK's inner
 * classes. What is read keeps its order; an equal {@link Set#of} or {@link Map#of} made
 * by another JVM has another, and is written again.
 */
final class BuiltInTypes {

	private static final String LIST = "java.util.Collections$UnmodifiableRandomAccessList";

	private static final String SET = "java.util.Collections$UnmodifiableSet";

	private static final String MAP = "java.util.Collections$UnmodifiableMap";

	private static final Set<String> READ = Stream
		.concat(Stream.concat(KnownTypes.leaves().stream(),
				Stream.of(ZonedDateTime.class, ZoneId.class, DayOfWeek.class, Month.class, Locale.class, Date.class,
						ArrayList.class, LinkedList.class, ArrayDeque.class, LinkedHashMap.class, TreeMap.class,
						LinkedHashSet.class, TreeSet.class, ConcurrentHashMap.class, CopyOnWriteArrayList.class,
						StoredException.class))
			.map(Class::getName), Stream.of(LIST, SET, MAP))
		.collect(Collectors.toUnmodifiableSet());

	/** What an array may be of besides: each element tells its own class. */
	private static final Set<String> OPEN = Stream
		.of(Object.class, Number.class, Comparable.class, CharSequence.class, Collection.class, List.class, Set.class,
				Map.class, Throwable.class)
		.map(Class::getName)
		.collect(Collectors.toUnmodifiableSet());

	private static final Map<String, String> WRITTEN_AS = Map.ofEntries(
			Map.entry("java.util.HashMap", LinkedHashMap.class.getName()),
			Map.entry("java.util.HashSet", LinkedHashSet.class.getName()),
			Map.entry("java.util.Arrays$ArrayList", ArrayList.class.getName()),
			Map.entry("java.util.ImmutableCollections$List12", LIST),
			Map.entry("java.util.ImmutableCollections$ListN", LIST),
			Map.entry("java.util.ImmutableCollections$SubList", LIST),
			Map.entry("java.util.Collections$UnmodifiableList", LIST),
			Map.entry("java.util.Collections$SingletonList", LIST), Map.entry("java.util.Collections$EmptyList", LIST),
			Map.entry("java.util.ImmutableCollections$Set12", SET),
			Map.entry("java.util.ImmutableCollections$SetN", SET), Map.entry("java.util.Collections$SingletonSet", SET),
			Map.entry("java.util.Collections$EmptySet", SET), Map.entry("java.util.ImmutableCollections$Map1", MAP),
			Map.entry("java.util.ImmutableCollections$MapN", MAP), Map.entry("java.util.Collections$SingletonMap", MAP),
			Map.entry("java.util.Collections$EmptyMap", MAP),
			// What Nimbus reads the claims of a token into.
			Map.entry("com.nimbusds.jose.shaded.gson.internal.LinkedTreeMap", LinkedHashMap.class.getName()),
			Map.entry("java.time.ZoneRegion", ZoneId.class.getName()));

	private BuiltInTypes() {
	}

	static boolean canRead(String className) {
		return READ.contains(className);
	}

	static boolean canBeComponent(String className) {
		return READ.contains(className) || OPEN.contains(className);
	}

	static String writtenAs(String className) {
		return WRITTEN_AS.getOrDefault(className, className);
	}

}
