package app.session.web;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;

import app.session.SessionPolicy;
import app.session.SessionPolicy.Mode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.method.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;

class SessionPolicyInterceptorTests {

	private final SessionPolicyInterceptor interceptor = new SessionPolicyInterceptor();

	private @Nullable PolicyRule rule(Object controller, String method) throws Exception {
		return this.interceptor.rule(new HandlerMethod(controller, method));
	}

	@Test
	void methodHasTheRuleOfItsClassUnlessItHasItsOwn() throws Exception {
		assertThat(rule(new Polled(), "inherited")).isEqualTo(new PolicyRule(false, false, null));
		assertThat(rule(new Polled(), "own")).isEqualTo(new PolicyRule(true, true, null));
		assertThat(rule(new Free(), "inherited")).isNull();
		assertThat(rule(new Free(), "own")).isEqualTo(new PolicyRule(true, true, null));
	}

	@Test
	void composedAnnotationIsFound() throws Exception {
		assertThat(rule(new Free(), "composed")).isEqualTo(new PolicyRule(false, true, Duration.ofMillis(100)));
	}

	@Test
	void requestWithoutASessionIsLetThrough() throws Exception {
		HandlerMethod handler = new HandlerMethod(new Polled(), "own");
		assertThat(this.interceptor.preHandle(new MockHttpServletRequest(), new MockHttpServletResponse(), handler))
			.isTrue();
		assertThat(
				this.interceptor.preHandle(new MockHttpServletRequest(), new MockHttpServletResponse(), new Object()))
			.isTrue();
	}

	static class Free {

		public void inherited() {
		}

		@SessionPolicy(Mode.READ_ONLY)
		public void own() {
		}

		@OneByOne
		public void composed() {
		}

	}

	@SessionPolicy(touch = false)
	static class Polled extends Free {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@SessionPolicy(value = Mode.SERIALIZED, waitLimit = 100)
	@interface OneByOne {

	}

}
