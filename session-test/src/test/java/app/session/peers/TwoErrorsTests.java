package app.session.peers;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

import app.session.Session;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.SessionStoreUnavailableException;
import app.session.http.CountingRepository;
import app.session.peers.Visitor.Answer;
import app.session.store.memory.MemorySessionRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler that fails, and a store that fails when the changes are to be saved then: in
 * koa-session the second error hides the first.
 */
@ParameterizedClass
@EnumSource(names = "OWN")
@ExtendWith(OutputCaptureExtension.class)
class TwoErrorsTests extends PeerTests {

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { Failing.class };
	}

	TwoErrorsTests() {
		super("spring.main.allow-bean-definition-overriding=true");
	}

	@Test
	void theHandlersErrorIsSaidBesideThatOfAStoreWhichDoesNotAnswer(CapturedOutput output) {
		assertThat(visitor().visit((session) -> fail(session, "unavailable")).status()).isEqualTo(503);
		assertThat(output.getAll()).contains("The handler's own error", "The store is unavailable");
	}

	@Test
	void theHandlersErrorIsSaidBesideAnyOtherOfTheStore(CapturedOutput output) {
		Answer answer = visitor().visit((session) -> fail(session, "broken"));
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.setCookie()).isNull();
		assertThat(output.getAll()).contains("The handler's own error", "The store is broken");
	}

	private static void fail(Session session, String how) {
		session.set("how", how);
		throw new UnsupportedOperationException("The handler's own error");
	}

	/** A store that makes no session. */
	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		SessionRepository ownRepository() {
			return new CountingRepository(new MemorySessionRepository(1000, InstantSource.system(), (event) -> {
			})) {

				@Override
				public boolean create(SessionRecord record) {
					if (new String(record.data(), StandardCharsets.UTF_8).contains("broken")) {
						throw new IllegalStateException("The store is broken");
					}
					throw new SessionStoreUnavailableException("The store is unavailable", null);
				}

			};
		}

	}

}
