package app.session.peers;

import app.session.Session;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import jakarta.servlet.http.HttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A filter of the application that writes the session before any handler does.
 */
@OnEachStore
class FilterTests extends PeerTests {

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { Early.class };
	}

	@Test
	@Expectation("b.61")
	void whatAFilterWritesBeforeTheHandlerIsKeptAndSent() {
		Visitor visitor = visitor("Early", "bird");
		assertThat(visitor.ask((session) -> session.get("early", String.class)).setCookie()).startsWith("session=");
		assertThat(visitor.ask((session) -> session.getHandle() != null).body()).isEqualTo("true");
		assertThat(visitor.ask(Session::names).body()).isEqualTo("[early]");
	}

	/** The filter, which comes before all others of the application. */
	@Configuration(proxyBeanMethods = false)
	static class Early {

		@Bean
		FilterRegistrationBean<Filter> early() {
			FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
				String early = ((HttpServletRequest) request).getHeader("Early");
				if (early != null) {
					((HttpServletRequest) request).getSession().setAttribute("early", early);
				}
				chain.doFilter(request, response);
			});
			registration.setOrder(-1_000_000);
			return registration;
		}

	}

}
