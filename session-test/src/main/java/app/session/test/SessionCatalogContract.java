package app.session.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import app.session.SessionCatalog;
import app.session.SessionKey;
import app.session.SessionRecord;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link SessionCatalog}, as a JUnit test class, to be extended like
 * {@link SessionRepositoryContract}. The store may have sessions that others made, as
 * long as nobody makes or ends any while a test runs.
 */
public abstract class SessionCatalogContract extends StoreContract {

	/** More than any store reads at a time. */
	private static final int MANY = 3_000;

	/** More than any store has connections. */
	private static final int STREAMS = 50;

	@Test
	final void sessionsAreSeenAsTheyAreStored() {
		SessionRecord anonymous = stored();
		SessionRecord login = SessionRecords.withPrincipal(
				stored(SessionRecords.records().idleTimeout(Duration.ofMinutes(7)).lifetime(Duration.ofHours(3))),
				"\u00E4lice \uD83D\uDE00");
		Assertions.assertThat(store().update(login)).isTrue();
		for (SessionRecord expected : List.of(anonymous, read(login.key()))) {
			List<SessionRecord> seen = seen(Set.of(expected.key()));
			Assertions.assertThat(seen).hasSize(1);
			assertSame(seen.get(0), expected);
			Assertions.assertThat(seen.get(0).creationTime()).isEqualTo(expected.creationTime());
			Assertions.assertThat(seen.get(0).lastAccessedTime()).isEqualTo(expected.lastAccessedTime());
		}
	}

	@Test
	final void sessionsThatAreAliveAreCounted() {
		long before = catalog().count();
		List<SessionKey> keys = create(5, SessionRecords.records());
		Assertions.assertThat(catalog().count()).isEqualTo(before + 5);
		store().update(SessionRecords.withData(read(keys.get(0)), "1"));
		store().touch(keys.get(1));
		Assertions.assertThat(catalog().count()).as("written and touched").isEqualTo(before + 5);
		store().delete(keys.get(2));
		Assertions.assertThat(catalog().count()).as("one deleted").isEqualTo(before + 4);
	}

	@Test
	final void aDeletedSessionIsNotSeen() {
		List<SessionKey> keys = create(3, SessionRecords.records());
		store().delete(keys.get(1));
		Assertions.assertThat(seen(Set.copyOf(keys)))
			.extracting(SessionRecord::key)
			.containsExactlyInAnyOrder(keys.get(0), keys.get(2));
	}

	@Test
	final void aSessionWhoseTimeHasRunOutIsNotSeen() {
		SessionRecords records = SessionRecords.records();
		SessionKey idle = create(1, records.idleTimeout(Duration.ofMinutes(1))).get(0);
		SessionKey old = create(1, records.lifetime(Duration.ofMinutes(1))).get(0);
		SessionKey alive = create(1, records).get(0);
		fixture().advance(Duration.ofSeconds(61));
		Assertions.assertThat(seen(Set.of(idle, old, alive))).extracting(SessionRecord::key).containsExactly(alive);
	}

	@Test
	final void anUnreadableSessionHidesNoOther() {
		List<SessionKey> keys = create(3, SessionRecords.records());
		List<SessionKey> readable = fixture().corrupt(keys.get(1)) ? List.of(keys.get(0), keys.get(2)) : keys;
		Assertions.assertThat(seen(Set.copyOf(keys)))
			.extracting(SessionRecord::key)
			.containsExactlyInAnyOrderElementsOf(readable);
	}

	@Test
	final void manySessionsAreEachSeenOnce() {
		long before = catalog().count();
		List<SessionKey> keys = create(MANY, SessionRecords.records().data("{}"));
		Assertions.assertThat(catalog().count()).isEqualTo(before + MANY);
		Assertions.assertThat(seen(Set.copyOf(keys)))
			.extracting(SessionRecord::key)
			.containsExactlyInAnyOrderElementsOf(keys);
	}

	@Test
	final void sessionsThatStayAreSeenWhileOthersComeAndGo() {
		List<SessionKey> staying = create(MANY / 3, SessionRecords.records());
		List<SessionKey> going = create(MANY / 3, SessionRecords.records());
		List<SessionKey> seen = new ArrayList<>();
		Iterator<SessionKey> next = going.iterator();
		try (Stream<SessionRecord> stream = catalog().stream()) {
			stream.forEach((record) -> {
				seen.add(record.key());
				if (next.hasNext() && seen.size() <= MANY / 3) {
					store().delete(next.next());
					create(1, SessionRecords.records());
				}
			});
		}
		Assertions.assertThat(seen).doesNotHaveDuplicates().containsAll(staying);
	}

	@Test
	final void aStreamThatIsClosedEarlyHoldsNothing() {
		create(STREAMS, SessionRecords.records());
		for (int i = 0; i < STREAMS; i++) {
			try (Stream<SessionRecord> unread = catalog().stream(); Stream<SessionRecord> stream = catalog().stream()) {
				Assertions.assertThat(unread).isNotNull();
				Assertions.assertThat(stream.iterator().next()).isNotNull();
			}
		}
		Assertions.assertThat(catalog().count()).isGreaterThanOrEqualTo(STREAMS);
		Assertions.assertThat(store().find(create(1, SessionRecords.records()).get(0))).isNotNull();
	}

	/** What a walk comes by, of the sessions of this test. */
	private List<SessionRecord> seen(Set<SessionKey> keys) {
		try (Stream<SessionRecord> stream = catalog().stream()) {
			return stream.filter((record) -> keys.contains(record.key())).collect(Collectors.toList());
		}
	}

	private List<SessionKey> create(int number, SessionRecords records) {
		List<SessionKey> keys = new ArrayList<>(number);
		for (int i = 0; i < number; i++) {
			SessionRecord record = records.build();
			Assertions.assertThat(store().create(record)).isTrue();
			keys.add(record.key());
		}
		return keys;
	}

	private SessionCatalog catalog() {
		return fixture().catalog();
	}

}
