package app.session.http;

import java.net.http.HttpResponse;
import java.time.Duration;

import app.session.peers.Expectation;
import app.session.server.RedisProcess;
import app.session.store.redis.CommandCounts;
import app.session.store.redis.RedisOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import static app.session.store.redis.RedisOperation.CREATE;
import static app.session.store.redis.RedisOperation.DELETE;
import static app.session.store.redis.RedisOperation.FIND;
import static app.session.store.redis.RedisOperation.FIND_AND_TOUCH;
import static app.session.store.redis.RedisOperation.READ_ENTRY;
import static app.session.store.redis.RedisOperation.TOUCH;
import static app.session.store.redis.RedisOperation.UPDATE;
import static app.session.store.redis.RedisOperation.WRITE_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What each kind of request costs Redis, by what the server counts, and its cookies. The
 * store and its connections are those that an application gets.
 */
class RedisBudgetHttpTests extends HttpTests {

	private final RedisProcess server = RedisProcess.embedded();

	private Browser known;

	private CommandCounts counts;

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { ClockedNode.class };
	}

	@Override
	String[] properties() {
		return new String[] { "app.session.store=redis", "spring.data.redis.host=127.0.0.1",
				"spring.data.redis.port=" + this.server.port() };
	}

	@AfterAll
	void stopServer() {
		this.server.close();
	}

	/** And each script is known to the server. */
	@BeforeEach
	void aKnownVisitor() {
		bean(ClockedNode.ServerClock.class).ahead().set(Duration.ZERO);
		Browser visitor = browser();
		visitor.get("/login/alice");
		visitor.get("/count");
		this.known = visitor;
		touch(visitor);
		this.counts = new CommandCounts(bean(RedisConnectionFactory.class));
	}

	private void touch(Browser visitor) {
		CommandCounts before = new CommandCounts(bean(RedisConnectionFactory.class));
		bean(ClockedNode.ServerClock.class).advance(Duration.ofMinutes(3));
		assertThat(visitor.get("/whole").statusCode()).isEqualTo(200);
		assertThat(before.take()).containsKey("pexpireat");
		bean(ClockedNode.ServerClock.class).advance(Duration.ofMinutes(4));
		visitor.get("/nothing");
		await().until(() -> before.take().containsKey("pexpireat"));
		bean(ClockedNode.ServerClock.class).ahead().set(Duration.ZERO);
	}

	private void costs(Browser browser, String path, boolean cookie, RedisOperation... operations) {
		HttpResponse<String> response = browser.get(path);
		assertThat(response.statusCode()).isEqualTo(200);
		this.counts.assertTaken(operations);
		assertThat(Browser.setCookies(response)).hasSize(cookie ? 1 : 0);
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

	@Test
	void aValidCookieAndNoUseWhenATouchIsDue() {
		bean(ClockedNode.ServerClock.class).advance(Duration.ofMinutes(12));
		costsLater("/nothing", TOUCH);
		costs(this.known, "/nothing", false);
	}

	/** The touch comes after the answer, and may be the first one. */
	private void costsLater(String path, RedisOperation operation) {
		HttpResponse<String> response = this.known.get(path);
		assertThat(Browser.setCookies(response)).isEmpty();
		await().untilAsserted(() -> this.counts.assertTaken(operation));
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
		bean(ClockedNode.ServerClock.class).advance(Duration.ofMinutes(12));
		costs(this.known, "/whole", false, FIND_AND_TOUCH);
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
		Browser visitor = browser();
		visitor.get("/count");
		this.counts.take();
		costs(visitor, "/login/bob", true, READ_ENTRY, FIND, UPDATE, WRITE_ENTRY);
	}

	@Test
	void aLogout() {
		costs(this.known, "/logout", true, FIND, DELETE);
		assertThat(this.known.cookie()).isNull();
	}

}
