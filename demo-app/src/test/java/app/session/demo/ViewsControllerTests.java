package app.session.demo;

import java.time.Instant;
import java.util.List;

import app.session.Session;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;

class ViewsControllerTests {

	private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,"
			+ "image/webp,image/apng,*/*;q=0.8";

	private final Session session = mock(Session.class);

	private final MockMvcTester mvc = MockMvcTester.of(List.of(new ViewsController()),
			(builder) -> builder.setCustomArgumentResolvers(new Resolver(this.session))
				.addFilters(new SecurityHeaders())
				.build());

	@Test
	void welcomesOnTheFirstVisit() {
		given(this.session.increment("views")).willReturn(1L);
		assertThat(this.mvc.get().uri("/")).hasStatusOk().bodyText().isEqualTo("Welcome here for the first time!");
	}

	@Test
	void countsFromTheSecondVisitOn() {
		given(this.session.increment("views")).willReturn(2L, 3L);
		assertThat(this.mvc.get().uri("/")).bodyText().isEqualTo("You've visited this page 2 times!");
		assertThat(this.mvc.get().uri("/")).bodyText().isEqualTo("You've visited this page 3 times!");
	}

	@Test
	void aClientThatTakesAnythingGetsPlainText() {
		given(this.session.increment("views")).willReturn(1L);
		assertThat(this.mvc.get().uri("/").header(HttpHeaders.ACCEPT, "*/*"))
			.hasContentTypeCompatibleWith("text/plain");
		assertThat(this.mvc.get().uri("/")).hasContentTypeCompatibleWith("text/plain");
		assertThat(this.mvc.get().uri("/").accept(MediaType.TEXT_PLAIN)).hasContentTypeCompatibleWith("text/plain");
	}

	@Test
	void aBrowserGetsAPageWithTheSameSentence() {
		givenStoredSession();
		given(this.session.increment("views")).willReturn(2L);
		assertThat(this.mvc.get().uri("/").header(HttpHeaders.ACCEPT, BROWSER)).hasStatusOk()
			.hasContentTypeCompatibleWith("text/html")
			.bodyText()
			.startsWith("<!DOCTYPE html>")
			.contains("<h1>You&#39;ve visited this page 2 times!</h1>");
		then(this.session).should().increment("views");
	}

	@Test
	void thePageShowsWhatTheServerKnowsOnceTheVisitIsCounted() {
		givenStoredSession();
		given(this.session.increment("views")).willReturn(1L);
		assertThat(this.mvc.get().uri("/").accept(MediaType.TEXT_HTML)).bodyText()
			.contains("<code>AAAAAAAAAAAAAAAAAAAAAA</code>")
			.contains("<time datetime=\"2026-11-24T03:40:09Z\">24 November 2026, 03:40:09 UTC</time>")
			.contains("<time datetime=\"2026-11-24T04:10:00Z\">24 November 2026, 04:10:00 UTC</time>");
		InOrder order = inOrder(this.session);
		order.verify(this.session).increment("views");
		order.verify(this.session).getHandle();
	}

	@Test
	void aSessionThatEndedMeanwhileHasNoHandleToShow() {
		givenStoredSession();
		given(this.session.getHandle()).willReturn(null);
		assertThat(this.mvc.get().uri("/").accept(MediaType.TEXT_HTML)).hasStatusOk()
			.bodyText()
			.contains("<code>none</code>");
	}

	@Test
	void headDoesNotCount() {
		assertThat(this.mvc.head().uri("/")).hasStatusOk();
		assertThat(this.mvc.head().uri("/").header(HttpHeaders.ACCEPT, BROWSER)).hasStatusOk();
		then(this.session).shouldHaveNoInteractions();
	}

	@Test
	void startingOverEndsTheSessionAndLeadsBackToThePage() {
		assertThat(this.mvc.post().uri("/start-over")).hasStatus(HttpStatus.SEE_OTHER)
			.hasHeader(HttpHeaders.LOCATION, "/");
		then(this.session).should().invalidate();
		then(this.session).shouldHaveNoMoreInteractions();
	}

	@Test
	void aLinkCannotStartOver() {
		assertThat(this.mvc.get().uri("/start-over")).hasStatus(HttpStatus.METHOD_NOT_ALLOWED);
		then(this.session).shouldHaveNoInteractions();
	}

	@Test
	void everyAnswerForbidsForeignContent() {
		given(this.session.increment("views")).willReturn(1L);
		assertThat(this.mvc.get().uri("/")).hasHeader("X-Content-Type-Options", "nosniff")
			.hasHeader("Vary", "Accept")
			.headers()
			.hasHeaderSatisfying("Content-Security-Policy",
					(values) -> assertThat(values).singleElement().asString().startsWith("default-src 'none'; "));
	}

	@Test
	void thePageNeedsNothingInlineAndNothingFromElsewhere() {
		givenStoredSession();
		assertThat(this.mvc.get().uri("/").accept(MediaType.TEXT_HTML)).bodyText()
			.doesNotContain("://", "<style", " style=", "javascript:")
			.doesNotContainPattern("<script>| on\\w+=");
	}

	private void givenStoredSession() {
		given(this.session.getHandle()).willReturn("AAAAAAAAAAAAAAAAAAAAAA");
		given(this.session.getCreationTime()).willReturn(Instant.parse("2026-11-24T03:40:09.999Z"));
		given(this.session.getExpiryTime()).willReturn(Instant.parse("2026-11-24T04:10:00Z"));
	}

	private record Resolver(Session session) implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Session.class;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container,
				NativeWebRequest request, WebDataBinderFactory binderFactory) {
			return this.session;
		}

	}

}
