package app.session.autoconfigure;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

import app.session.Session;
import app.session.crypto.SessionId;
import app.session.crypto.SessionIdGenerator;
import app.session.crypto.SignedIdFormat;
import app.session.crypto.SignedIdFormat.Result;
import app.session.web.RequestSessions;
import app.session.web.SessionCookie;
import app.session.web.SessionCookie.Priority;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each property of the cookie reaches it.
 */
class CookiePropertiesTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(SessionAutoConfiguration.class, SessionServletAutoConfiguration.class));

	@Test
	void theFirstKeySignsAndAllVerify() {
		run("app.session.keys=" + TestKeys.FIRST,
				(before) -> run("app.session.keys=" + TestKeys.SECOND + "," + TestKeys.FIRST,
						(after) -> run("app.session.keys[0]=" + TestKeys.SECOND, (last) -> {
							SessionId id = newId(after);
							assertThat(read(after, write(before, id))).isEqualTo(new Result.Valid(id, false));
							assertThat(read(last, write(after, id))).isEqualTo(new Result.Valid(id, true));
							assertThat(read(last, write(before, id))).isEqualTo(new Result.BadSignature());
						})));
	}

	@Test
	void aCookieOfAnotherApplicationIsOfNoUse() {
		String keys = "app.session.keys=" + TestKeys.FIRST;
		this.runner.withPropertyValues(keys, "app.session.application=shop")
			.run((shop) -> this.runner.withPropertyValues(keys, "app.session.application=office").run((office) -> {
				SessionId id = newId(shop);
				assertThat(read(shop, write(shop, id))).isEqualTo(new Result.Valid(id, true));
				assertThat(read(office, write(shop, id))).isEqualTo(new Result.BadSignature());
			}));
	}

	@Test
	void theApplicationIsTheOneThatSpringKnowsAndOtherwiseOneWithoutAName() {
		String keys = "app.session.keys=" + TestKeys.FIRST;
		this.runner.withPropertyValues(keys, "app.session.application=shop")
			.run((shop) -> this.runner.withPropertyValues(keys, "spring.application.name=shop").run((named) -> {
				SessionId id = newId(shop);
				assertThat(read(named, write(shop, id))).isEqualTo(new Result.Valid(id, true));
			}));
		this.runner.withPropertyValues(keys, "app.session.application=application")
			.run((shop) -> this.runner.withPropertyValues(keys, "app.session.application=").run((unnamed) -> {
				SessionId id = newId(shop);
				assertThat(read(unnamed, write(shop, id))).isEqualTo(new Result.Valid(id, true));
			}));
	}

	@Test
	void cookieNameIsThatOfTheCookieAndPartOfItsSignature() {
		run("app.session.cookie.name=visit", (context) -> assertThat(cookie(context)).startsWith("visit="));
		this.runner.withPropertyValues("app.session.keys=" + TestKeys.FIRST)
			.run((one) -> this.runner
				.withPropertyValues("app.session.keys=" + TestKeys.FIRST, "app.session.cookie.name=visit")
				.run((other) -> assertThat(read(other, write(one, newId(one)))).isEqualTo(new Result.BadSignature())));
	}

	@Test
	void cookiePathIsThatOfTheCookie() {
		run("app.session.cookie.path=/shop", (context) -> assertThat(cookie(context)).contains("; Path=/shop;"));
	}

	@Test
	void cookieDomainIsThatOfTheCookieAndABlankOneIsNone() {
		run("app.session.cookie.domain=example.org",
				(context) -> assertThat(cookie(context)).contains("; Domain=example.org;"));
		run("app.session.cookie.domain=", (context) -> assertThat(cookie(context)).doesNotContain("Domain"));
	}

	@Test
	void cookieSameSiteIsThatOfTheCookie() {
		run("app.session.cookie.same-site=strict",
				(context) -> assertThat(cookie(context)).contains("; SameSite=Strict"));
	}

	@Test
	void cookieSecureDecidesBothNameAndFlag() {
		run("app.session.cookie.secure=true",
				(context) -> assertThat(cookie(context)).startsWith("__Host-session=").contains("; Secure"));
		run("app.session.cookie.secure=auto",
				(context) -> assertThat(cookie(context)).startsWith("session=").doesNotContain("; Secure"));
		run("app.session.cookie.secure=false", (context) -> {
			MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
			request.setServerName("example.org");
			assertThat(new Visitor(context).send(request, (ours, response) -> RequestSessions.of(ours).set("a", 1))
				.getCookies()).hasSize(1);
		});
	}

	@Test
	void cookieSecureMayBeABooleanAsItIsInYaml() {
		Map<String, Boolean> source = Map.of("app.session.cookie.secure", true);
		assertThat(new Binder(new MapConfigurationPropertySource(source))
			.bindOrCreate("app.session", Bindable.of(SessionProperties.class))
			.cookie()
			.secure()).isEqualTo(SessionCookie.Secure.TRUE);
	}

	@Test
	void cookieHttpOnlyIsThatOfTheCookie() {
		run("app.session.cookie.http-only=false", (context) -> assertThat(cookie(context)).doesNotContain("HttpOnly"));
		run("app.session.cookie.http-only=true", (context) -> assertThat(cookie(context)).contains("; HttpOnly"));
	}

	@Test
	void cookiePartitionedIsThatOfTheCookie() {
		this.runner.withPropertyValues("app.session.cookie.partitioned=true", "app.session.cookie.secure=true")
			.run((context) -> assertThat(context.getBean(SessionCookie.class).partitioned()).isTrue());
	}

	@Test
	void cookieMaxAgeIsThatOfTheCookieAndInSecondsWithoutAUnit() {
		run("app.session.cookie.max-age=14d", (context) -> assertThat(cookie(context)).contains("; Max-Age=1209600;"));
		run("app.session.cookie.max-age=90", (context) -> assertThat(cookie(context)).contains("; Max-Age=90;"));
	}

	@Test
	void rollingSendsTheCookieAgainWithEachResponse() {
		for (boolean rolling : new boolean[] { true, false }) {
			run("app.session.cookie.rolling=" + rolling, (context) -> {
				Visitor visitor = new Visitor(context);
				visitor.get("/", (request, response) -> RequestSessions.of(request).set("a", 1));
				assertThat(visitor.get("/", (request, response) -> RequestSessions.of(request).get("a", Integer.class))
					.getCookies()).hasSize(rolling ? 1 : 0);
			});
		}
	}

	@Test
	void renewSendsTheCookieAgainWhenHalfOfItsMaxAgeIsOver() {
		for (boolean renew : new boolean[] { true, false }) {
			MutableClock clock = new MutableClock();
			this.runner.withBean(InstantSource.class, () -> clock)
				.withPropertyValues("app.session.cookie.max-age=20m", "app.session.cookie.renew=" + renew)
				.run((context) -> {
					Visitor visitor = new Visitor(context);
					visitor.get("/", (request, response) -> RequestSessions.of(request).set("a", 1));
					clock.forward(Duration.ofMinutes(11));
					assertThat(
							visitor.get("/", (request, response) -> RequestSessions.of(request).get("a", Integer.class))
								.getCookies())
						.hasSize(renew ? 1 : 0);
				});
		}
	}

	@Test
	void cookiePriorityIsThatOfTheCookieAndNoneUnlessSet() {
		run("app.session.cookie.priority=high",
				(context) -> assertThat(context.getBean(SessionCookie.class).priority()).isEqualTo(Priority.HIGH));
		run("app.session.cookie.path=/",
				(context) -> assertThat(context.getBean(SessionCookie.class).priority()).isNull());
	}

	private void run(String property, Consumer<ApplicationContext> test) {
		this.runner.withPropertyValues(property).run(test::accept);
	}

	private static MockHttpServletResponse get(ApplicationContext context, String path, Consumer<Session> handler) {
		return new Visitor(context).get(path, (request, response) -> handler.accept(RequestSessions.of(request)));
	}

	private static String cookie(ApplicationContext context) {
		return get(context, "/", (session) -> session.set("a", 1)).getHeaders("Set-Cookie").get(0);
	}

	private static SessionId newId(ApplicationContext context) {
		return context.getBean(SessionIdGenerator.class).newId();
	}

	private static String write(ApplicationContext context, SessionId id) {
		return context.getBean(SignedIdFormat.class).write(id);
	}

	private static Result read(ApplicationContext context, String value) {
		return context.getBean(SignedIdFormat.class).read(value);
	}

}
