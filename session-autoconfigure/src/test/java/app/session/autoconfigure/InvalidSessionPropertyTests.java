package app.session.autoconfigure;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import app.session.SessionRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.Mockito.mock;

/**
 * Properties that make no sense stop the application, which says which one it is and what
 * to do.
 */
class InvalidSessionPropertyTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(SessionAutoConfiguration.class, SessionServletAutoConfiguration.class));

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void whatMakesNoSenseStopsTheApplication(String properties, String description, String action) {
		String[] pairs = Arrays.stream(properties.split(" "))
			.map((pair) -> "app.session." + pair)
			.toArray(String[]::new);
		this.runner.withPropertyValues(pairs).run((context) -> {
			FailureAnalysis analysis = analyze(context);
			assertThat(withoutOrigin(analysis.getDescription())).isEqualTo("The property app.session." + description);
			assertThat(analysis.getAction()).isEqualTo(action);
		});
	}

	static Stream<Arguments> whatMakesNoSenseStopsTheApplication() {
		String positive = "Set it to more than zero, as in 30m.";
		String insecure = "Browsers take such a cookie over secure connections alone, and app.session.cookie.secure "
				+ "is false.";
		String noPrefix = "Leave the prefix out: on a secure connection it is __Host-, or __Secure- if there is a "
				+ "domain or a path.";
		String name = "Use letters and digits, and neither spaces nor any of ()<>@,;:\\\"/[]?={}.";
		String path = "Begin it with a slash, and use neither semicolons nor control characters nor other letters "
				+ "than those of ASCII.";
		String domain = "Write it as in example.org, without a leading dot, or leave it out for this host alone.";
		String number = "Set it from 1 to 2147483647.";
		return Stream.of(
				arguments("store=mongo", "store is 'mongo': There is no such store.",
						"Set it to memory, redis, jdbc or cookie, or define a SessionRepository bean."),
				arguments("http-session.allowed-types=com.acme.Cart,java.net.",
						"http-session.allowed-types is 'java.net.': The package 'java.net.' holds classes that must "
								+ "not be made from stored data: name the classes",
						"Name classes, as in com.acme.Cart, or packages with a dot at the end, as in 'com.acme.shop.'."),
				arguments("timeout=0", "timeout is '0s': It is a length of time.", positive),
				arguments("timeout=-5m", "timeout is '-5m': It is a length of time.", positive),
				arguments("timeout=1ns", "timeout is 'PT0.000000001S': It is a length of time.", positive),
				arguments("max-lifetime=0", "max-lifetime is '0s': It is a length of time.", positive),
				arguments("max-lifetime=36501d", "max-lifetime is '36501d': It is longer than a hundred years.",
						"Set it to 36500d or less."),
				arguments("store-timeout=0", "store-timeout is '0s': It is a length of time.", positive),
				arguments("anonymous-timeout=0", "anonymous-timeout is '0s': It is a length of time.", positive),
				arguments("timeout=25h",
						"timeout is '25h': It is longer than app.session.max-lifetime, which is 1d, so no session "
								+ "could be unused for so long.",
						"Shorten it, or lengthen app.session.max-lifetime."),
				arguments("timeout=10m anonymous-timeout=11m",
						"anonymous-timeout is '11m': It is longer than app.session.timeout, which is 10m, so a login "
								+ "would shorten the session.",
						"Shorten it, or lengthen app.session.timeout."),
				arguments("touch-fraction=1.1", "touch-fraction is '1.1': It is a part of the timeout.",
						"Set it from 0 to 1."),
				arguments("touch-fraction=-0.1", "touch-fraction is '-0.1': It is a part of the timeout.",
						"Set it from 0 to 1."),
				arguments("touch-fraction=NaN", "touch-fraction is 'NaN': It is a part of the timeout.",
						"Set it from 0 to 1."),
				arguments("limits.max-attributes=0", "limits.max-attributes is '0': It is a number of things.", number),
				arguments("limits.max-name-length=0", "limits.max-name-length is '0': It is a number of things.",
						number),
				arguments("limits.max-size=0B", "limits.max-size is '0B': It is the size of one session.",
						"Set it to 1B or more, and less than 2GB."),
				arguments("limits.max-size=2GB", "limits.max-size is '2147483648B': It is the size of one session.",
						"Set it to 1B or more, and less than 2GB."),
				arguments("memory.max-sessions=0", "memory.max-sessions is '0': It is a number of things.",
						"Set it from 1 to 9223372036854775807."),
				arguments("principal.max-sessions=0", "principal.max-sessions is '0': It is a number of things.",
						number),
				arguments("include-paths=", "include-paths: It is empty, so no request would have a session.",
						"Leave it out for all requests, or set app.session.enabled=false for none."),
				arguments("cookie.same-site=none cookie.secure=false", "cookie.same-site is 'none': " + insecure,
						"Set app.session.cookie.secure to true or auto, or same-site to lax or strict."),
				arguments("cookie.partitioned=true cookie.secure=false", "cookie.partitioned is 'true': " + insecure,
						"Set app.session.cookie.secure to true or auto, or leave partitioned out."),
				arguments("cookie.name=__Host-session",
						"cookie.name is '__Host-session': The prefix is added to the name where it is possible.",
						noPrefix),
				arguments("cookie.name=__host-session cookie.domain=example.org",
						"cookie.name is '__host-session': The prefix is added to the name where it is possible.",
						noPrefix),
				arguments("cookie.name=__Secure-session",
						"cookie.name is '__Secure-session': The prefix is added to the name where it is possible.",
						noPrefix),
				arguments("cookie.name=my;session", "cookie.name is 'my;session': It is not the name of a cookie.",
						name),
				arguments("cookie.name=", "cookie.name is '': It is not the name of a cookie.", name),
				arguments("cookie.name=süß", "cookie.name is 'süß': It is not the name of a cookie.", name),
				arguments("cookie.path=shop", "cookie.path is 'shop': No browser takes it.", path),
				arguments("cookie.path=/;Secure", "cookie.path is '/;Secure': No browser takes it.", path),
				arguments("cookie.path=/a\u0007b", "cookie.path is '/a\u0007b': No browser takes it.", path),
				arguments("cookie.domain=a.org;Secure",
						"cookie.domain is 'a.org;Secure': It is not the name of a domain.", domain),
				arguments("cookie.domain=.a.org", "cookie.domain is '.a.org': It is not the name of a domain.", domain),
				arguments("cookie.max-age=0", "cookie.max-age is '0s': The browser would drop the cookie at once.",
						"Set it to a second or more, or leave it out for a cookie that stays until the browser "
								+ "closes."),
				arguments("cookie.max-age=-1", "cookie.max-age is '-1s': The browser would drop the cookie at once.",
						"Set it to a second or more, or leave it out for a cookie that stays until the browser "
								+ "closes."),
				arguments("cookie.max-age=401d", "cookie.max-age is '401d': Browsers keep no cookie for so long.",
						"Set it to 400d or less."));
	}

	@Test
	void aPathThatIsNoPatternIsNamedAndExplained() {
		this.runner.withPropertyValues("app.session.exclude-paths=/a/**,/{b").run((context) -> {
			FailureAnalysis analysis = analyze(context);
			assertThat(analysis.getDescription()).startsWith("The property app.session.exclude-paths is '/{b'")
				.contains("It is not a path pattern of Spring MVC: ");
			assertThat(analysis.getAction()).isEqualTo("Write patterns as in /static/**, separated by commas.");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "c2hvcnQ=", "keyboard cat keyboard cat keyboard cat", "not base64 at all!",
			"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" })
	void aBadKeyStopsTheApplicationAndIsNotPrinted(String key) {
		this.runner.withPropertyValues("app.session.keys[0]=" + TestKeys.FIRST, "app.session.keys[1]=" + key)
			.run((context) -> {
				FailureAnalysis analysis = analyze(context);
				assertThat(analysis.getDescription()).startsWith("The property app.session.keys[1]")
					.contains("The key is refused: ")
					.doesNotContain(key)
					.doesNotContain(TestKeys.FIRST);
				assertThat(analysis.getAction()).isEqualTo(
						"Make a key with 'openssl rand -base64 32', and give it to all nodes as app.session.keys.");
				for (Throwable cause = context.getStartupFailure(); cause != null; cause = cause.getCause()) {
					assertThat(cause.toString()).doesNotContain(key).doesNotContain(TestKeys.FIRST);
				}
			});
	}

	@Test
	void aStoreThatMayBeSharedNeedsKeys() {
		this.runner.withBean(SessionRepository.class, () -> mock(SessionRepository.class)).run((context) -> {
			FailureAnalysis analysis = analyze(context);
			assertThat(analysis.getDescription()).isEqualTo("The property app.session.keys: There is none, and the "
					+ "store may be shared: no other node, and not this one after a restart, could read a cookie "
					+ "signed by a random key.");
			assertThat(analysis.getAction())
				.isEqualTo("Make a key with 'openssl rand -base64 32', and give it to all nodes as app.session.keys.");
		});
	}

	@Test
	void aLimitOfSessionsNeedsAStoreThatKnowsPrincipals() {
		this.runner.withBean(SessionRepository.class, () -> mock(SessionRepository.class))
			.withPropertyValues("app.session.keys=" + TestKeys.FIRST, "app.session.principal.max-sessions=3")
			.run((context) -> {
				FailureAnalysis analysis = analyze(context);
				assertThat(withoutOrigin(analysis.getDescription()))
					.startsWith("The property app.session.principal.max-sessions is '3': The store, ")
					.endsWith(", does not know the sessions of a principal.");
				assertThat(analysis.getAction()).isEqualTo("Leave it out, or use a store that is a PrincipalIndex.");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "cookie.same-site=none", "cookie.partitioned=true", "cookie.max-age=400d",
			"cookie.max-age=1s", "touch-fraction=1", "timeout=24h", "anonymous-timeout=30m", "max-lifetime=36500d",
			"cookie.path=/a/b", "limits.max-size=2147483647B" })
	void whatIsJustPossibleIsAllowed(String property) {
		this.runner.withPropertyValues("app.session." + property).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void theAnalysisSaysWhereThePropertyIsSet() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("settings", Map.of("app.session.store", "mongo")));
		FailureAnalysis analysis = new InvalidSessionPropertyFailureAnalyzer(environment)
			.analyze(PropertyChecks.invalid("store", "mongo", "There is no such store.", "Set it to memory."));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).isEqualTo("The property app.session.store is 'mongo' "
				+ "(\"app.session.store\" from property source \"settings\"): There is no such store.");
	}

	private static String withoutOrigin(String description) {
		return description.replaceFirst(" \\(\"app\\.session[^)]*\\): ", ": ");
	}

	/** By the analyzers that Spring Boot would ask. */
	private static FailureAnalysis analyze(AssertableWebApplicationContext context) {
		assertThat(context).hasFailed();
		ArgumentResolver arguments = ArgumentResolver.of(Environment.class, new StandardEnvironment())
			.and(BeanFactory.class, new DefaultListableBeanFactory());
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments)
			.stream()
			.map((analyzer) -> analyzer.analyze(context.getStartupFailure()))
			.filter((analysis) -> analysis != null)
			.findFirst()
			.orElseThrow();
	}

}
