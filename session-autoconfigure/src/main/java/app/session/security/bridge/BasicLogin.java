package app.session.security.bridge;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * Marks the part of a request in which Spring Security looks for a password that comes
 * with every request, by where it is in the chain: what the client sends does not decide.
 */
final class BasicLogin {

	private static final String ATTRIBUTE = BasicLogin.class.getName();

	private BasicLogin() {
	}

	static boolean isTried(ServletRequest request) {
		return request.getAttribute(ATTRIBUTE) != null;
	}

	/** Stands before the filter. */
	static final class Begin implements Filter {

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			request.setAttribute(ATTRIBUTE, true);
			chain.doFilter(request, response);
		}

	}

	/** Stands behind the filter. */
	static final class End implements Filter {

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			request.removeAttribute(ATTRIBUTE);
			chain.doFilter(request, response);
		}

	}

}
