package app.session.autoconfigure;

import app.session.SessionRepository;
import app.session.security.FreshLogins;
import app.session.security.bridge.FreshLoginCustomizer;
import app.session.security.bridge.RequestLogins;
import app.session.security.bridge.SessionSecurityCustomizer;
import app.session.security.bridge.StoredSessionRegistry;
import app.session.web.servlet.PrincipalAttribute;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class SessionSecurityAutoConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SessionAutoConfiguration.class, SessionServletAutoConfiguration.class,
				SessionSecurityAutoConfiguration.class));

	@Test
	void springSecurityOnTheClassPathIsEnough() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(PrincipalAttribute.class)
				.hasSingleBean(RequestLogins.class)
				.hasSingleBean(FreshLogins.class)
				.hasSingleBean(FreshLoginCustomizer.class)
				.hasSingleBean(SessionSecurityCustomizer.class);
			assertThat(context.getBean(SessionRegistry.class)).isInstanceOf(StoredSessionRegistry.class);
			assertThat(context.getBean(RequestLogins.class).find(new MockHttpServletRequest())).isNull();
		});
	}

	@Test
	void withoutSpringSecurityThereIsNothingOfIt() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(PrincipalAttribute.class)
				.doesNotHaveBean("freshLogins"));
	}

	@Test
	void theContainersSessionIsLeftAlone() {
		this.runner.withPropertyValues("app.session.http-session.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PrincipalAttribute.class)
				.doesNotHaveBean(SessionRegistry.class));
	}

	@Test
	void anApplicationsOwnRegistryStays() {
		this.runner.withBean(SessionRegistry.class, SessionRegistryImpl::new)
			.run((context) -> assertThat(context).hasSingleBean(SessionRegistry.class)
				.doesNotHaveBean(StoredSessionRegistry.class)
				.hasSingleBean(SessionSecurityCustomizer.class));
	}

	@Test
	void aStoreThatKnowsNoPrincipalsLeavesLimitsToSpringSecurity() {
		this.runner.withBean(SessionRepository.class, () -> mock(SessionRepository.class))
			.withPropertyValues("app.session.keys=" + TestKeys.FIRST)
			.run((context) -> assertThat(context).doesNotHaveBean(SessionRegistry.class)
				.doesNotHaveBean(SessionSecurityCustomizer.class)
				.hasSingleBean(FreshLoginCustomizer.class));
	}

	@Test
	void aNativeImageMayAskForTheLimit() {
		RuntimeHints hints = new RuntimeHints();
		new SessionSecurityRuntimeHints().registerHints(hints, getClass().getClassLoader());
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(ConcurrentSessionControlAuthenticationStrategy.class, "getMaximumSessionsForThisUser"))
			.accepts(hints);
	}

}
