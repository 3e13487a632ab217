package app.session.test;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contracts of a store have in common: each test has a fixture of its own.
 */
public abstract class StoreContract implements StoreRules {

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
