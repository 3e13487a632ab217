package app.session.peers;

import java.util.List;

import app.session.core.SessionEngine;
import app.session.web.ClientWays;
import app.session.web.SessionCookie;
import app.session.web.SessionFilter;
import app.session.web.WebSettings;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application that has two session filters, with settings that differ.
 */
@Configuration(proxyBeanMethods = false)
class TwoFilters {

	@Bean
	FilterRegistrationBean<SessionFilter> first(SessionEngine engine, ClientWays ways, SessionCookie cookie) {
		return new FilterRegistrationBean<>(filter(engine, ways, cookie, WebSettings.DEFAULTS));
	}

	@Bean
	FilterRegistrationBean<SessionFilter> second(SessionEngine engine, ClientWays ways, SessionCookie cookie) {
		WebSettings discarding = new WebSettings(List.of("/**"), List.of(), true, true,
				WebSettings.DEFAULTS.retryAfter(), false);
		FilterRegistrationBean<SessionFilter> second = new FilterRegistrationBean<>(
				filter(engine, ways, cookie, discarding));
		second.setName("secondSessionFilter");
		return second;
	}

	private static SessionFilter filter(SessionEngine engine, ClientWays ways, SessionCookie cookie,
			WebSettings settings) {
		return new SessionFilter(engine, ways, cookie, settings, null, (event) -> {
		});
	}

}
