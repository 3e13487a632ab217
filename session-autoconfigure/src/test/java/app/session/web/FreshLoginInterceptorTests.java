package app.session.web;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;

import app.session.FreshLogin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.method.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Which handler demands what.
 */
class FreshLoginInterceptorTests {

	private final FreshLoginInterceptor interceptor = new FreshLoginInterceptor();

	private @Nullable Duration demanded(Object controller, String method) throws Exception {
		return this.interceptor.demanded(new HandlerMethod(controller, method));
	}

	@Test
	void methodHasTheDemandOfItsClassUnlessItHasItsOwn() throws Exception {
		assertThat(demanded(new Guarded(), "inherited")).isEqualTo(Duration.ofHours(1));
		assertThat(demanded(new Guarded(), "own")).isEqualTo(Duration.ofMinutes(5));
		assertThat(demanded(new Free(), "own")).isEqualTo(Duration.ofMinutes(5));
		assertThat(demanded(new Free(), "inherited")).isNull();
		assertThat(demanded(new Free(), "inherited")).as("once more").isNull();
	}

	@Test
	void annotationOnAnAnnotationIsFound() throws Exception {
		assertThat(demanded(new Free(), "composed")).isEqualTo(Duration.ofMillis(1500));
		assertThat(demanded(new Composed(), "any")).isEqualTo(Duration.ofMillis(1500));
	}

	@Test
	void annotationOnAnInterfacesMethodIsFound() throws Exception {
		assertThat(demanded(new Implementing(), "declared")).isEqualTo(Duration.ofDays(1));
	}

	@Test
	void handlerThatIsNoMethodHasTheDemandOfItsClass() {
		assertThat(this.interceptor.demanded(new GuardedHandler())).isEqualTo(Duration.ofSeconds(90));
		assertThat(this.interceptor.demanded(new Object())).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "5", "300", "0", "0s", "-5m", "5 minutes", "soon", "PT0S", "-PT5M", "5x" })
	void whatIsNoLengthOfTimeIsRefusedAndNamed(String text) {
		assertThatIllegalStateException().isThrownBy(() -> FreshLoginInterceptor.parse(text, "Vault#open()"))
			.withMessage("@FreshLogin(\"" + text + "\") at Vault#open() is no length of time: write one with its unit, "
					+ "more than zero, as in \"5m\"");
	}

	@Test
	void lengthsOfTimeAreThoseOfBoot() {
		assertThat(FreshLoginInterceptor.parse("5m", "x")).isEqualTo(Duration.ofMinutes(5));
		assertThat(FreshLoginInterceptor.parse(" 5M ", "x")).isEqualTo(Duration.ofMinutes(5));
		assertThat(FreshLoginInterceptor.parse("1ms", "x")).isEqualTo(Duration.ofMillis(1));
		assertThat(FreshLoginInterceptor.parse("2d", "x")).isEqualTo(Duration.ofDays(2));
		assertThat(FreshLoginInterceptor.parse("PT1H30M", "x")).isEqualTo(Duration.ofMinutes(90));
		assertThat(FreshLoginInterceptor.parse("1h30m", "x")).isEqualTo(Duration.ofMinutes(90));
	}

	@Test
	void requestWithoutASessionIsNotLetThrough() throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest();
		HandlerMethod guarded = new HandlerMethod(new Free(), "own");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.interceptor.preHandle(request, new MockHttpServletResponse(), guarded))
			.withMessageContaining("app.session.enabled");
		HandlerMethod free = new HandlerMethod(new Free(), "inherited");
		assertThat(this.interceptor.preHandle(request, new MockHttpServletResponse(), free)).isTrue();
	}

	@Test
	void annotationThatMakesNoSenseLetsNobodyThrough() throws Exception {
		HandlerMethod wrong = new HandlerMethod(new Free(), "wrong");
		for (int i = 0; i < 2; i++) {
			assertThatIllegalStateException()
				.isThrownBy(() -> this.interceptor.preHandle(new MockHttpServletRequest(),
						new MockHttpServletResponse(), wrong))
				.withMessageContaining("Free#wrong()");
		}
	}

	static class Free {

		public void inherited() {
		}

		@FreshLogin("5m")
		public void own() {
		}

		@JustNow
		public void composed() {
		}

		@FreshLogin("five minutes")
		public void wrong() {
		}

	}

	@FreshLogin("1h")
	static class Guarded extends Free {

	}

	@JustNow
	static class Composed {

		public void any() {
		}

	}

	interface Declaring {

		@FreshLogin("1d")
		void declared();

	}

	static class Implementing implements Declaring {

		@Override
		public void declared() {
		}

	}

	@FreshLogin("90s")
	static class GuardedHandler implements HttpRequestHandler {

		@Override
		public void handleRequest(HttpServletRequest request, HttpServletResponse response) {
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@FreshLogin("1500ms")
	@interface JustNow {

	}

}
