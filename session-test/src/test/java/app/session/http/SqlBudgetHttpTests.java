package app.session.http;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import app.session.peers.Expectation;
import app.session.server.StatementLog;
import app.session.store.jdbc.SqlOperation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static app.session.store.jdbc.SqlOperation.ACQUIRE;
import static app.session.store.jdbc.SqlOperation.CREATE;
import static app.session.store.jdbc.SqlOperation.DELETE;
import static app.session.store.jdbc.SqlOperation.FIND;
import static app.session.store.jdbc.SqlOperation.INSERT_ENTRY;
import static app.session.store.jdbc.SqlOperation.READ_ENTRY;
import static app.session.store.jdbc.SqlOperation.RELEASE;
import static app.session.store.jdbc.SqlOperation.TOUCH;
import static app.session.store.jdbc.SqlOperation.UPDATE;
import static app.session.store.jdbc.SqlOperation.WRITE_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What each kind of request costs a SQL database, by what the server was asked, and its
 * cookies. All that came over the wire counts: no transaction is begun, nothing set, no
 * connection looked at.
 */
abstract class SqlBudgetHttpTests extends SqlLogHttpTests {

	private final List<SqlOperation> readAndTouch;

	private Browser known;

	SqlBudgetHttpTests(StatementLog log, SqlOperation... readAndTouch) {
		// However long a test takes from one request to the next
		super(log, Duration.ofHours(1).toMillis());
		this.readAndTouch = List.of(readAndTouch);
	}

	@BeforeEach
	void aKnownVisitor() {
		bean(ClockedNode.ServerClock.class).ahead().set(Duration.ZERO);
		this.known = browser();
		this.known.get("/login/alice");
		this.known.get("/count");
		take();
	}

	private void costs(Browser browser, String path, boolean cookie, SqlOperation... operations) {
		HttpResponse<String> response = browser.get(path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertTaken(operations);
		assertThat(Browser.setCookies(response)).hasSize(cookie ? 1 : 0);
	}

	private void assertTaken(SqlOperation... operations) {
		assertThat(take()).isEqualTo(Stream.of(operations).map(SqlOperation::name).toList());
	}

	@Test
	void noCookieAndNoUse() {
		costs(browser(), "/nothing", false);
		costs(browser(), "/unused", false);
		costs(browser(), "/whole", false);
	}

	@Test
	void aForgedCookie() {
		Browser forger = browser();
		forger.cookie(this.known.cookie() + "x");
		costs(forger, "/whole", false);
	}

	@Test
	@Expectation({ "K22", "X8" })
	void aValidCookieAndNoUse() {
		costs(this.known, "/nothing", false);
		costs(this.known, "/unused", false);
	}

	/** The touch comes after the answer. */
	@Test
	void aValidCookieAndNoUseWhenATouchIsDue() {
		bean(ClockedNode.ServerClock.class).ahead().set(Duration.ofMinutes(12));
		HttpResponse<String> response = this.known.get("/nothing");
		assertThat(Browser.setCookies(response)).isEmpty();
		await().untilAsserted(() -> assertTaken(TOUCH));
		costs(this.known, "/nothing", false);
	}

	@Test
	void aNewSession() {
		costs(browser(), "/count", true, CREATE);
		costs(browser(), "/set/a/b", true, CREATE);
	}

	@Test
	void aRead() {
		costs(this.known, "/whole", false, FIND);
	}

	@Test
	void aReadWhenATouchIsDue() {
		bean(ClockedNode.ServerClock.class).ahead().set(Duration.ofMinutes(12));
		costs(this.known, "/whole", false, this.readAndTouch.toArray(SqlOperation[]::new));
		costs(this.known, "/whole", false, FIND);
	}

	@Test
	void aChange() {
		costs(this.known, "/set/a/b", false, FIND, UPDATE);
		costs(this.known, "/count", false, FIND, UPDATE);
	}

	@Test
	void aSecondExactOperationAndASetAfterOne() {
		costs(this.known, "/count-twice", false, FIND, UPDATE, UPDATE);
		costs(this.known, "/count-then-set", false, FIND, UPDATE, UPDATE);
	}

	@Test
	void anIdChange() {
		costs(this.known, "/change-id", true, FIND, UPDATE);
	}

	@Test
	void aLogin() {
		String principal = UUID.randomUUID().toString();
		costs(visitor(), "/login/" + principal, true, FIND, READ_ENTRY, UPDATE, INSERT_ENTRY);
		costs(visitor(), "/login/" + principal, true, FIND, READ_ENTRY, UPDATE, WRITE_ENTRY);
	}

	private Browser visitor() {
		Browser visitor = browser();
		visitor.get("/count");
		take();
		return visitor;
	}

	@Test
	void aLogout() {
		costs(this.known, "/logout", true, FIND, DELETE);
		assertThat(this.known.cookie()).isNull();
	}

	@Test
	void aSerializedRequest() {
		costs(this.known, "/plain-count", false, ACQUIRE, FIND, UPDATE, RELEASE);
	}

}
