package app.session.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import app.session.FreshLogin;
import app.session.Session;
import app.session.Sessions;
import app.session.Sessions.Info;
import app.session.http.TestApplication.MovableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When and from where logins were made, on each kind of store, behind a proxy that both
 * strategies of the server take at its word.
 */
@ParameterizedClass
@EnumSource
@TestInstance(Lifecycle.PER_CLASS)
class LoginOriginHttpTests {

	private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

	/** A kind of store, and how the server believes its proxy. */
	enum Case {

		MEMORY("framework") {
			@Override
			List<String> store() {
				return List.of();
			}
		},

		REDIS("native") {
			@Override
			List<String> store() {
				return SharedStore.REDIS.properties();
			}
		},

		POSTGRESQL("framework") {
			@Override
			List<String> store() {
				return SharedStore.POSTGRESQL.properties();
			}
		};

		private final String strategy;

		Case(String strategy) {
			this.strategy = strategy;
		}

		abstract List<String> store();

	}

	@Parameter
	private Case kind;

	private ConfigurableApplicationContext application;

	@BeforeParameterizedClassInvocation
	void start() {
		List<String> properties = new ArrayList<>(this.kind.store());
		properties.add("server.forward-headers-strategy=" + this.kind.strategy);
		properties.add("app.session.principal.record-client=true");
		this.application = new SpringApplicationBuilder(TestApplication.class, Times.class)
			.web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"app.session.keys=+cemqeuv7PMI33J7ERPzlQtz0f4sb908RIca/E30ZNw=")
			.properties(properties.toArray(String[]::new))
			.run();
	}

	@AfterParameterizedClassInvocation
	void stop() {
		this.application.close();
	}

	private Browser browser(String address, String userAgent) {
		String port = this.application.getEnvironment().getRequiredProperty("local.server.port");
		return new Browser(HttpClient.newBuilder().version(Version.HTTP_1_1).build(),
				URI.create("http://127.0.0.1:" + port), "X-Forwarded-For", address, "X-Forwarded-Proto", "https",
				"User-Agent", userAgent);
	}

	private MovableClock clock() {
		return this.application.getBean(MovableClock.class);
	}

	private Sessions sessions() {
		return this.application.getBean(Sessions.class);
	}

	@Test
	void aLoginIsListedWithItsTimeAndOrigin() {
		Browser laptop = browser("203.0.113.7", FIREFOX);
		laptop.get("/count");
		Instant first = clock().instant();
		laptop.get("/login/lister");
		clock().advance(Duration.ofMinutes(1));
		Browser phone = browser("2001:db8::7", "A\tphone " + "x".repeat(500));
		phone.get("/login/lister");
		clock().advance(Duration.ofMinutes(1));
		laptop.with("X-Forwarded-For", "198.51.100.1", "X-Forwarded-Proto", "https", "User-Agent", "another")
			.get("/count");
		List<Info> infos = sessions().findByPrincipal("lister");
		assertThat(infos).extracting(Info::authenticationTime).containsExactly(first, first.plusSeconds(60));
		assertThat(infos.get(0).address()).isEqualTo("203.0.113.7");
		assertThat(infos.get(0).userAgent()).isEqualTo(FIREFOX);
		assertThat(infos.get(1).address()).as("as the request has it: Spring puts it in brackets")
			.isEqualTo(this.kind.strategy.equals("native") ? "2001:db8::7" : "[2001:db8::7]");
		assertThat(infos.get(1).userAgent()).isEqualTo("Aphone " + "x".repeat(249));
		assertThat(sessions().find(infos.get(0).handle())).contains(infos.get(0));
		try (Stream<Info> stream = sessions().stream()) {
			assertThat(stream.filter((info) -> "lister".equals(info.principal())))
				.containsExactlyInAnyOrderElementsOf(infos);
		}
	}

	@Test
	void whoIsAnonymousIsListedWithoutThem() {
		Browser visitor = browser("203.0.113.7", FIREFOX);
		visitor.get("/count");
		visitor.get("/login/nobody");
		visitor.get("/logout");
		visitor.get("/count");
		assertThat(sessions().find(FaultNode.handle(visitor))).hasValueSatisfying((info) -> {
			assertThat(info.principal()).isNull();
			assertThat(info.authenticationTime()).isNull();
			assertThat(info.address()).isNull();
			assertThat(info.userAgent()).isNull();
		});
	}

	@Test
	void theTimeOfALoginStaysWithTheSessionUntilTheNext() {
		Browser visitor = browser("203.0.113.7", FIREFOX);
		Instant first = clock().instant();
		visitor.get("/login/stayer");
		clock().advance(Duration.ofMinutes(5));
		visitor.get("/change-id");
		visitor.get("/count");
		assertThat(visitor.get("/time").body()).isEqualTo(first.toString());
		assertThat(visitor.get("/safe").statusCode()).isEqualTo(200);
		clock().advance(Duration.ofMillis(1));
		HttpResponse<String> refused = visitor.get("/safe");
		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(refused.body()).contains("\"status\":403");
		visitor.get("/login/stayer");
		assertThat(visitor.get("/time").body()).isEqualTo(clock().instant().toString());
		assertThat(visitor.get("/safe").statusCode()).isEqualTo(200);
	}

	@RestController
	static class Times {

		@GetMapping("/time")
		String time(Session session) {
			return String.valueOf(session.getAuthenticationTime());
		}

		@FreshLogin("5m")
		@GetMapping("/safe")
		String safe(Session session) {
			return session.toMap().toString();
		}

	}

}
