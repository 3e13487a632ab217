package app.session.autoconfigure;

import java.time.InstantSource;

import app.session.SessionEvent;
import app.session.web.servlet.HttpSessions;
import app.session.web.servlet.PrincipalAttribute;
import app.session.web.servlet.SessionListeners;
import jakarta.servlet.ServletContext;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * The {@code HttpSession} as a view of our session, with the listeners of the Servlet
 * API.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "app.session.http-session.enabled", matchIfMissing = true)
final class HttpSessionConfiguration {

	@Bean
	@ConditionalOnMissingBean
	HttpSessions httpSessions(SessionProperties properties, BeanFactory beanFactory,
			ObjectProvider<InstantSource> clock, ObjectProvider<ServletContext> context,
			ObjectProvider<PrincipalAttribute> principal) {
		return new HttpSessions(SessionListeners.of(HttpSessionListeners.find(beanFactory)),
				SessionSettings.engine(properties), clock.getIfUnique(InstantSource::system), context::getObject,
				principal.getIfAvailable());
	}

	@Bean
	EndedHttpSessions endedHttpSessions(HttpSessions sessions) {
		return new EndedHttpSessions(sessions);
	}

	/**
	 * Has sessions told that ended otherwise than by a request.
	 *
	 * @param sessions what tells
	 */
	record EndedHttpSessions(HttpSessions sessions) {

		@EventListener
		void on(SessionEvent.Ended event) {
			this.sessions.ended(event);
		}

	}

}
