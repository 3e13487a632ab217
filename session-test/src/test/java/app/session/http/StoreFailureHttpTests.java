package app.session.http;

import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import app.session.SessionEvent;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionReplyLostException;
import app.session.SessionStoreUnavailableException;
import app.session.peers.Expectation;
import app.session.store.memory.MemorySessionRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store that does not answer, over HTTP, with
 * {@code app.session.on-store-failure=anonymous}.
 */
class StoreFailureHttpTests extends HttpTests {

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		private final List<SessionEvent.StoreUnavailable> told = new CopyOnWriteArrayList<>();

		@Bean
		FailingRepository repository(InstantSource clock) {
			return new FailingRepository(clock);
		}

		@EventListener
		void on(SessionEvent.StoreUnavailable event) {
			this.told.add(event);
		}

	}

	/** Does not answer while it is down; loses the replies to creations on demand. */
	static class FailingRepository extends CountingRepository {

		private volatile boolean down;

		private volatile boolean losesCreates;

		FailingRepository(InstantSource clock) {
			super(new MemorySessionRepository(1000, clock, (event) -> {
			}));
		}

		private void answer() {
			if (this.down) {
				throw new SessionStoreUnavailableException("down", null);
			}
		}

		@Override
		public @Nullable SessionRecord find(SessionKey key) {
			SessionRecord record = super.find(key);
			answer();
			return record;
		}

		@Override
		public @Nullable SessionRecord findAndTouch(SessionKey key) {
			answer();
			return super.findAndTouch(key);
		}

		@Override
		public boolean create(SessionRecord record) {
			boolean created = super.create(record);
			if (this.losesCreates) {
				throw new SessionReplyLostException("lost", null);
			}
			return created;
		}

	}

	private FailingRepository store;

	private Browser known;

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { TestApplication.class, Failing.class };
	}

	@Override
	String[] properties() {
		return new String[] { "app.session.on-store-failure=anonymous" };
	}

	@BeforeEach
	void aKnownVisitor() {
		this.store = bean(FailingRepository.class);
		this.known = browser();
		this.known.get("/login/alice");
		this.store.takeCalls();
		bean(Failing.class).told.clear();
	}

	@AfterEach
	void theStoreAnswersAgain() {
		this.store.down = false;
		this.store.losesCreates = false;
	}

	@Test
	@Expectation({ "c.49", "X11" })
	void aPageThatOnlyReadsIsAnsweredWithoutTheSession() {
		this.store.down = true;
		HttpResponse<String> response = this.known.get("/whole");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("null {}");
		assertThat(Browser.setCookies(response)).isEmpty();
		assertThat(this.store.takeCalls()).containsExactly("find");
		assertThat(bean(Failing.class).told).hasSize(1);
		this.store.down = false;
		assertThat(this.known.get("/whole").body()).isEqualTo("alice {secret=of alice}");
	}

	@Test
	void aPageThatChangesTheSessionIsAnsweredWith503() {
		this.store.down = true;
		for (String path : List.of("/set/a/b", "/count", "/logout", "/login/bob", "/change-id", "/plain-count")) {
			HttpResponse<String> response = this.known.get(path);
			assertThat(response.statusCode()).as(path).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After")).as(path).isPresent();
			assertThat(Browser.setCookies(response)).as(path).isEmpty();
		}
		assertThat(this.store.takeCalls()).containsOnly("find");
		this.store.down = false;
		assertThat(this.known.get("/whole").body()).isEqualTo("alice {secret=of alice}");
	}

	@Test
	void aNewSessionWhoseCreationGotNoAnswerIs503WithoutACookie() {
		this.store.losesCreates = true;
		Browser visitor = browser();
		for (String path : List.of("/count", "/set/a/b", "/login/bob")) {
			HttpResponse<String> response = visitor.get(path);
			assertThat(response.statusCode()).as(path).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After")).as(path).isPresent();
			assertThat(Browser.setCookies(response)).as(path).isEmpty();
			assertThat(this.store.takeCalls()).as(path).containsExactly("create");
		}
		this.store.losesCreates = false;
		assertThat(visitor.get("/count").body()).isEqualTo("1");
	}

}
