package app.session.web;

import java.io.IOException;
import java.time.Duration;

import app.session.LoginRefusedException;
import app.session.PrincipalIndex.Admission.Status;
import app.session.SessionConflictException;
import app.session.SessionStoreUnavailableException;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class FailureAnswerTests {

	private final FailureAnswer answer = new FailureAnswer(Duration.ofSeconds(2));

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private void answer(RuntimeException failure) throws IOException {
		this.response.addCookie(new Cookie("remember-me", "token"));
		this.answer.answer(new MockHttpServletRequest("POST", "/login"), this.response, failure);
		assertThat(this.response.getStatus()).isEqualTo(409);
	}

	@Test
	void whoIsRefusedIsNotRemembered() throws IOException {
		answer(new LoginRefusedException(Status.STALE));
		assertThat(this.response.getCookies()).isEmpty();
	}

	@Test
	void otherFailuresLeaveTheApplicationsCookies() throws IOException {
		answer(new SessionConflictException("a"));
		assertThat(this.response.getCookies()).hasSize(1);
	}

	@Test
	void whatTheHandlerThrewIsToldBesideTheFailureOfTheSession(CapturedOutput output) {
		IllegalStateException thrown = new IllegalStateException("the handler's");
		keep(new SessionStoreUnavailableException("the store's", null), thrown);
		assertThat(output).contains("POST /login").contains("the handler's");
		assertThat(thrown.getSuppressed()).isEmpty();
	}

	@Test
	void whatTheHandlerThrewComesFirst(CapturedOutput output) {
		IllegalStateException thrown = new IllegalStateException("the handler's");
		IllegalArgumentException failure = new IllegalArgumentException("the session's");
		keep(failure, thrown);
		assertThat(output).doesNotContain("the handler's");
		assertThat(thrown).hasSuppressedException(failure);
	}

	@Test
	void aFailureThatTheHandlerPassesOnIsNotToldTwice(CapturedOutput output) {
		SessionStoreUnavailableException failure = new SessionStoreUnavailableException("the store's", null);
		keep(failure, new IllegalStateException("the handler's", failure));
		keep(failure, null);
		assertThat(output).doesNotContain("the handler's");
	}

	private static void keep(RuntimeException failure, Throwable thrown) {
		FailureAnswer.keep(new MockHttpServletRequest("POST", "/login"), failure, thrown);
	}

}
