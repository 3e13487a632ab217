package app.session.peers;

import java.util.List;

import app.session.core.SessionEngine;
import app.session.crypto.SignedIdFormat;
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
	FilterRegistrationBean<SessionFilter> first(SessionEngine engine, SignedIdFormat format, SessionCookie cookie) {
		return new FilterRegistrationBean<>(filter(engine, format, cookie, WebSettings.DEFAULTS));
	}

	@Bean
	FilterRegistrationBean<SessionFilter> second(SessionEngine engine, SignedIdFormat format, SessionCookie cookie) {
		WebSettings discarding = new WebSettings(List.of("/**"), List.of(), true, true,
				WebSettings.DEFAULTS.retryAfter(), false);
		FilterRegistrationBean<SessionFilter> second = new FilterRegistrationBean<>(
				filter(engine, format, cookie, discarding));
		second.setName("secondSessionFilter");
		return second;
	}

	private static SessionFilter filter(SessionEngine engine, SignedIdFormat format, SessionCookie cookie,
			WebSettings settings) {
		return new SessionFilter(engine, format, cookie, settings, null, (event) -> {
		});
	}

}
