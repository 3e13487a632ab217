package app.session.web;

import java.lang.reflect.Method;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import app.session.Session;
import app.session.SessionObject;
import app.session.codec.AttributeCodec;
import app.session.core.EngineSettings;
import app.session.core.SessionEngine;
import app.session.crypto.KeyRing;
import app.session.crypto.SessionIdGenerator;
import app.session.crypto.SignedIdFormat;
import app.session.store.memory.MemorySessionRepository;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.MethodParameter;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.ServletWebRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SessionArgumentResolverTests {

	private final SessionArgumentResolver resolver = new SessionArgumentResolver();

	private final MemorySessionRepository repository = new MemorySessionRepository(100, InstantSource.system(),
			(event) -> {
			});

	private final SessionFilter filter = filter();

	private SessionFilter filter() {
		SessionEngine engine = new SessionEngine(this.repository,
				new AttributeCodec(AttributeCodec.mapperBuilder().build()), new SessionIdGenerator(new SecureRandom()),
				EngineSettings.DEFAULTS, InstantSource.system(), (event) -> {
				});
		WebSettings settings = new WebSettings(List.of("/**"), List.of("/static/**"), true, false,
				WebSettings.DEFAULTS.retryAfter(), false);
		return new SessionFilter(engine,
				ClientWays.of(SessionCookie.DEFAULTS,
						new SignedIdFormat(KeyRing.random(new SecureRandom()), "test", "session")),
				SessionCookie.DEFAULTS, settings, null, (event) -> {
				});
	}

	@AfterEach
	void close() {
		this.repository.close();
	}

	@Test
	void itAnswersForTheSessionAndFormsOfItAlone() {
		assertThat(Arrays.stream(Handler.class.getDeclaredMethods())
			.filter((method) -> this.resolver.supportsParameter(new MethodParameter(method, 0)))
			.map(Method::getName)).containsExactlyInAnyOrder("session", "optional", "nullable", "byParameter", "byType",
					"optionalByParameter", "optionalByType", "nullableByType", "map");
	}

	@Test
	void aNewVisitorGetsASessionButNoneThatIsOptional() throws Exception {
		assertThat(resolve("session", "/")).isInstanceOf(Session.class);
		assertThat(resolve("byParameter", "/")).isEqualTo(new Visit(0));
		assertThat(resolve("byType", "/")).isEqualTo(new Cart(0));
		assertThat(resolve("map", "/")).isEqualTo(Map.of());
		assertThat(resolve("optional", "/")).isEqualTo(Optional.empty());
		assertThat(resolve("optionalByParameter", "/")).isEqualTo(Optional.empty());
		assertThat(resolve("optionalByType", "/")).isEqualTo(Optional.empty());
		assertThat(resolve("nullable", "/")).isNull();
		assertThat(resolve("nullableByType", "/")).isNull();
	}

	@Test
	void aVisitorWhoComesBackGetsTheSessionInEachForm() throws Exception {
		Cookie[] cookies = visit();
		assertThat(resolve("session", "/", cookies)).isInstanceOf(Session.class);
		assertThat(resolve("byParameter", "/", cookies)).isEqualTo(new Visit(3));
		assertThat(resolve("byType", "/", cookies)).isEqualTo(new Cart(5));
		assertThat((Optional<?>) resolve("optional", "/", cookies)).isPresent();
		assertThat(resolve("optionalByParameter", "/", cookies)).isEqualTo(Optional.of(new Visit(3)));
		assertThat(resolve("optionalByType", "/", cookies)).isEqualTo(Optional.of(new Cart(5)));
		assertThat(resolve("nullable", "/", cookies)).isInstanceOf(Session.class);
		assertThat(resolve("nullableByType", "/", cookies)).isEqualTo(new Cart(5));
	}

	@Test
	void onAnExcludedPathASessionIsAnErrorThatNamesTheProperty() throws Exception {
		Cookie[] cookies = visit();
		for (String handler : new String[] { "session", "byParameter", "byType" }) {
			assertThatIllegalStateException().isThrownBy(() -> resolve(handler, "/static/a.css", cookies))
				.withMessageContaining("app.session.exclude-paths")
				.withMessageContaining("app.session.include-paths");
		}
		assertThat(resolve("optional", "/static/a.css", cookies)).isEqualTo(Optional.empty());
		assertThat(resolve("optionalByType", "/static/a.css", cookies)).isEqualTo(Optional.empty());
		assertThat(resolve("nullable", "/static/a.css", cookies)).isNull();
	}

	@Test
	void withoutTheFilterASessionIsAnErrorThatSaysWhatToLookAt() throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		assertThatIllegalStateException().isThrownBy(() -> resolve("session", request))
			.withMessageContaining("SessionFilter")
			.withMessageContaining("app.session.enabled");
		assertThat(resolve("optional", request)).isEqualTo(Optional.empty());
		assertThat(resolve("nullable", request)).isNull();
	}

	private Cookie[] visit() throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		run(new MockHttpServletRequest("GET", "/"), response, (request) -> {
			Session session = RequestSessions.of(request);
			session.set("views", 3);
			session.set("items", 5);
		});
		return response.getCookies();
	}

	private @Nullable Object resolve(String handler, String path, Cookie... cookies) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
		request.setCookies(cookies);
		AtomicReference<@Nullable Object> resolved = new AtomicReference<>();
		run(request, new MockHttpServletResponse(), (inner) -> resolved.set(resolve(handler, inner)));
		return resolved.get();
	}

	private @Nullable Object resolve(String handler, HttpServletRequest request) {
		Method method = Arrays.stream(Handler.class.getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals(handler))
			.findFirst()
			.orElseThrow();
		return this.resolver.resolveArgument(new MethodParameter(method, 0), null, new ServletWebRequest(request),
				null);
	}

	private void run(MockHttpServletRequest request, MockHttpServletResponse response,
			Consumer<HttpServletRequest> handler) throws Exception {
		HttpServlet servlet = new HttpServlet() {

			private static final long serialVersionUID = 1L;

			@Override
			protected void service(HttpServletRequest inner, HttpServletResponse outer) {
				handler.accept(inner);
			}

		};
		new MockFilterChain(servlet, this.filter).doFilter(request, response);
	}

	record Visit(int views) {
	}

	@SessionObject
	record Cart(int items) {
	}

	interface Handler {

		void session(Session session);

		void optional(Optional<Session> session);

		void nullable(@Nullable Session session);

		void byParameter(@SessionObject Visit visit);

		void byType(Cart cart);

		void optionalByParameter(@SessionObject Optional<Visit> visit);

		void optionalByType(Optional<Cart> cart);

		void nullableByType(@Nullable Cart cart);

		void map(@SessionObject Map<String, Object> attributes);

		void plain(Visit visit);

		void optionalPlain(Optional<Visit> visit);

		void text(String text);

		void raw(@SuppressWarnings("rawtypes") Optional any);

	}

}
