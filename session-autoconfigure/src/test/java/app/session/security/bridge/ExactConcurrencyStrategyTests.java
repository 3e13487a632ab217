package app.session.security.bridge;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

import app.session.ClientRequest;
import app.session.codec.AttributeCodec;
import app.session.core.ClientChannel;
import app.session.core.EngineSettings;
import app.session.core.RequestLogin;
import app.session.core.RequestSession;
import app.session.core.SessionEngine;
import app.session.crypto.SessionId;
import app.session.crypto.SessionIdGenerator;
import app.session.store.memory.MemorySessionRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * The limit as Spring Security's strategy has it.
 */
class ExactConcurrencyStrategyTests {

	private final SessionEngine engine = new SessionEngine(
			new MemorySessionRepository(100, InstantSource.system(), (event) -> {
			}), new AttributeCodec(AttributeCodec.mapperBuilder().build()), new SessionIdGenerator(new SecureRandom()),
			EngineSettings.DEFAULTS, InstantSource.system(), (event) -> {
			});

	private final ConcurrentSessionControlAuthenticationStrategy configured = new ConcurrentSessionControlAuthenticationStrategy(
			new SessionRegistryImpl());

	private void logIn() {
		RequestSession request = this.engine.open(null, new Client());
		RequestLogin login = request.login();
		new ExactConcurrencyStrategy(this.configured, new SessionRegistryImpl(), (any) -> login).onAuthentication(
				new TestingAuthenticationToken("alice", "password"), new MockHttpServletRequest(),
				new MockHttpServletResponse());
		request.session().setPrincipal("alice");
		request.commit();
		request.end();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aLimitThatNobodyReachesCostsNothing(boolean refuse) {
		this.configured.setExceptionIfMaximumExceeded(refuse);
		this.configured.setMaximumSessions(Integer.MAX_VALUE);
		assertThatNoException().isThrownBy(this::logIn);
		this.configured.setMaximumSessions(-1);
		assertThatNoException().isThrownBy(this::logIn);
	}

	@Test
	void theRefusalIsThatOfTheStrategy() {
		this.configured.setExceptionIfMaximumExceeded(true);
		this.configured.setMaximumSessions(2);
		logIn();
		logIn();
		assertThatExceptionOfType(SessionAuthenticationException.class).isThrownBy(this::logIn)
			.withMessageContaining("Maximum sessions of 2");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whoMayHaveNoneIsRefused(boolean refuse) {
		this.configured.setExceptionIfMaximumExceeded(refuse);
		this.configured.setMaximumSessions((authentication) -> 0);
		assertThatExceptionOfType(SessionAuthenticationException.class).isThrownBy(this::logIn);
	}

	/** A client that takes what it is sent. */
	private static final class Client implements ClientChannel {

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public boolean canSend() {
			return true;
		}

		@Override
		public void send(SessionId id, @Nullable Duration maxAge) {
		}

		@Override
		public ClientRequest request() {
			throw new IllegalStateException("There are no hooks to ask for it");
		}

		@Override
		public void clear() {
		}

	}

}
