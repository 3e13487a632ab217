package app.session.web;

import java.io.IOException;
import java.time.Duration;

import app.session.LoginRefusedException;
import app.session.PrincipalIndex.Admission.Status;
import app.session.SessionConflictException;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

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

}
