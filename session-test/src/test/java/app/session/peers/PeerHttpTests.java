package app.session.peers;

import java.time.Duration;
import java.util.List;

import app.session.Sessions;
import app.session.http.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.awaitility.Awaitility.await;

/**
 * What peers' tests expect of a session, on one store.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class PeerHttpTests {

	static final Duration LIMIT = Duration.ofSeconds(20);

	/** What a visitor sees who has no session. */
	static final String NOTHING = "null {}";

	private final List<String> store;

	private PeerServer server;

	/**
	 * Makes the tests of a store.
	 * @param store the properties that say which
	 */
	PeerHttpTests(List<String> store) {
		this.store = store;
	}

	@BeforeAll
	void start() {
		this.server = new PeerServer(this.store);
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@BeforeEach
	void forget() {
		this.server.calls();
		this.server.events();
	}

	@AfterEach
	void theStoreAnswersAgain() {
		this.server.store().fail();
	}

	PeerServer server() {
		return this.server;
	}

	/** The same with these properties as well. */
	PeerServer another(String... properties) {
		return new PeerServer(PeerServer.and(this.store, properties));
	}

	Browser visitor() {
		return this.server.visitor();
	}

	Browser known() {
		return this.server.known();
	}

	List<String> calls() {
		return this.server.calls();
	}

	Sessions sessions() {
		return this.server.bean(Sessions.class);
	}

	/** Waits until the session has ended because nobody used it. */
	static void awaitEnd(Browser visitor) {
		Browser twin = visitor.twin();
		await().atMost(LIMIT).until(() -> twin.get("/peek").body().equals(NOTHING));
	}

}
