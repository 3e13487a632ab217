package app.session.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import app.session.ClientRequest;
import app.session.Session;
import app.session.SessionEvent;
import app.session.SessionHook;
import app.session.Sessions;
import app.session.web.RequestSessions;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockMultipartHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The beans that an application is asked by.
 */
class SessionHookBeansTests {

	private final WebApplicationContextRunner web = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SessionAutoConfiguration.class, SessionServletAutoConfiguration.class))
		.withUserConfiguration(Hooks.class);

	@Test
	void allAreAskedInTheirOrderAlsoThoseThatNeedSessions() {
		this.web.run((context) -> {
			assertThat(context).hasNotFailed();
			Hooks hooks = context.getBean(Hooks.class);
			Visitor visitor = new Visitor(context);
			visitor.get("/", (request, response) -> RequestSessions.of(request).set("a", "b"));
			assertThat(hooks.calls).containsExactly("first saves", "second saves");
			hooks.calls.clear();
			visitor.get("/", (request, response) -> RequestSessions.of(request).names());
			assertThat(hooks.calls).containsExactly("first reads", "second reads");
		});
	}

	@Test
	void oneThatSaysNoIsHeardOf() {
		this.web.run((context) -> {
			Hooks hooks = context.getBean(Hooks.class);
			Visitor visitor = new Visitor(context);
			visitor.get("/", (request, response) -> RequestSessions.of(request).set("a", "b"));
			hooks.valid = false;
			visitor.get("/", (request, response) -> assertThat(RequestSessions.of(request).names()).isEmpty());
			assertThat(hooks.invalid).hasSize(1);
		});
	}

	@Test
	void theySeeTheRequest() {
		this.web.run((context) -> {
			MockHttpServletRequest sent = new MockHttpServletRequest("GET", "/");
			sent.setCookies(new Cookie("uid", "first"), new Cookie("uid", "second"));
			sent.addHeader("X-Device", "phone");
			sent.addHeader("X-Device", "laptop");
			sent.setRemoteAddr("192.0.2.1");
			sent.setSecure(true);
			new Visitor(context).send(sent, (request, response) -> RequestSessions.of(request).set("a", "b"));
			ClientRequest request = context.getBean(Hooks.class).request;
			assertThat(request).isNotNull();
			assertThat(request.getCookie("uid")).isEqualTo("first");
			assertThat(request.getCookie("UID")).isNull();
			assertThat(request.getHeader("x-device")).isEqualTo("phone");
			assertThat(request.getHeader("other")).isNull();
			assertThat(request.getRemoteAddress()).isEqualTo("192.0.2.1");
			assertThat(request.unwrap(HttpServletRequest.class)).isSameAs(sent);
			assertThat(request.unwrap(MockHttpServletRequest.class)).isSameAs(sent);
			assertThat(request.unwrap(MockMultipartHttpServletRequest.class)).isNull();
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Hooks {

		private final List<String> calls = new ArrayList<>();

		private final List<SessionEvent> invalid = new ArrayList<>();

		private boolean valid = true;

		private @Nullable ClientRequest request;

		@Bean
		@Order(2)
		SessionHook second(Sessions sessions) {
			assertThat(sessions).isNotNull();
			return hook("second");
		}

		@Bean
		@Order(1)
		SessionHook first(Sessions sessions) {
			assertThat(sessions).isNotNull();
			return hook("first");
		}

		@EventListener
		void on(SessionEvent.Invalid event) {
			this.invalid.add(event);
		}

		private SessionHook hook(String name) {
			return new SessionHook() {

				@Override
				public boolean isValid(Session session, ClientRequest request) {
					Hooks.this.calls.add(name + " reads");
					return Hooks.this.valid;
				}

				@Override
				public void beforeSave(Session session, ClientRequest request) {
					Hooks.this.calls.add(name + " saves");
					Hooks.this.request = request;
				}

			};
		}

	}

}
