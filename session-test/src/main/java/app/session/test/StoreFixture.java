package app.session.test;

import java.time.Duration;
import java.time.Instant;

import app.session.PrincipalIndex;
import app.session.SessionCatalog;
import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.SessionRepository;

/**
 * What the store contract needs of a store under test. One is made for each test, and
 * closed after it.
 */
public interface StoreFixture extends AutoCloseable {

	/**
	 * The store under test.
	 * @return the repository, the same with each call
	 */
	SessionRepository repository();

	/**
	 * The store as another node of the application sees it.
	 * @return another repository on the same records, or the same repository if a store
	 * has but one node
	 */
	default SessionRepository otherNode() {
		return repository();
	}

	/**
	 * The principal index of the store, for {@link PrincipalIndexContract}.
	 * @return the index
	 */
	default PrincipalIndex principalIndex() {
		return (PrincipalIndex) repository();
	}

	/**
	 * The leases of the store, for {@link SessionLeasesContract}.
	 * @return the leases
	 */
	default SessionLeases leases() {
		return (SessionLeases) repository();
	}

	/**
	 * The leases as another node of the application has them.
	 * @return the leases of {@link #otherNode()}
	 */
	default SessionLeases leasesOfOtherNode() {
		return (SessionLeases) otherNode();
	}

	/**
	 * The catalog of the store, for {@link SessionCatalogContract}.
	 * @return the catalog
	 */
	default SessionCatalog catalog() {
		return (SessionCatalog) repository();
	}

	/**
	 * The store's clock.
	 * @return its instant now
	 */
	Instant now();

	/**
	 * Lets time pass: moves the store's clock, or where that is not in the test's hands
	 * moves the times of all records the other way. Leases are no records: on such a
	 * store they last as long as they last.
	 * @param duration how much, in whole milliseconds
	 */
	void advance(Duration duration);

	/**
	 * Whether the store's clock stands still between two calls of {@link #advance} and
	 * can also move back. Where it doesn't, the rules about the very millisecond are left
	 * out.
	 * @return whether the clock is in the test's hands
	 */
	default boolean isClockControlled() {
		return true;
	}

	/**
	 * Makes the stored form of a record unreadable, past the repository.
	 * @param key the record's key
	 * @return {@code false} if a store has no such back door; the rule is left out then
	 */
	default boolean corrupt(SessionKey key) {
		return false;
	}

	/**
	 * How often each race is run. Less than the default only where one call takes long.
	 * @return the number of rounds
	 */
	default int raceRounds() {
		return 500;
	}

	/**
	 * Ends what the fixture started.
	 */
	@Override
	default void close() {
	}

}
