package app.session.test;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of a {@link app.session.SessionRepository}, as a JUnit test class. A store
 * keeps it if a subclass passes: <pre class="code">
 * class MyStoreTests extends SessionRepositoryContract {
 *
 *     &#64;Override
 *     protected StoreFixture createFixture() {
 *         MutableClock clock = new MutableClock();
 *         SessionRepository repository = new MyStore(clock);
 *         return new StoreFixture() {
 *             public SessionRepository repository() { return repository; }
 *             public Instant now() { return clock.instant(); }
 *             public void advance(Duration duration) { clock.advance(duration); }
 *         };
 *     }
 *
 * }
 * </pre> Further abilities have further contracts: a {@link app.session.PrincipalIndex}
 * has {@link PrincipalIndexContract} to keep, a {@link app.session.SessionCatalog}
 * {@link SessionCatalogContract}, and {@link app.session.SessionLeases}
 * {@link SessionLeasesContract}.
 */
public abstract class SessionRepositoryContract
		implements CreateRules, ExpiryRules, WriteRules, RaceRules, ExactnessRules {

	private @Nullable StoreFixture fixture;

	/**
	 * Creates a fixture with a store that has no sessions, or none of those that a test
	 * makes: keys are random.
	 * @return the fixture, for one test
	 * @throws Exception if that is not possible
	 */
	protected abstract StoreFixture createFixture() throws Exception;

	@Override
	public final StoreFixture fixture() {
		return Objects.requireNonNull(this.fixture, "There is a fixture only while a test runs");
	}

	@BeforeEach
	final void openFixture() throws Exception {
		this.fixture = createFixture();
	}

	@AfterEach
	final void closeFixture() {
		fixture().close();
	}

}
