package app.session.test;

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
 * {@link SessionLeasesContract}. A store that keeps the data at its client can't keep all
 * of these rules: {@link ClientHeldContract} says which, and why.
 */
public abstract class SessionRepositoryContract extends StoreContract
		implements CreateRules, SizeRules, ExpiryRules, WriteRules, WriterRules, RaceRules, ExactnessRules {

}
