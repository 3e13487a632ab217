package app.session.autoconfigure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * A browser that sends requests through the filter of a context, and keeps the cookies.
 */
final class Visitor {

	private final ApplicationContext context;

	private final List<Cookie> cookies = new ArrayList<>();

	Visitor(ApplicationContext context) {
		this.context = context;
	}

	/**
	 * The same browser, after a restart.
	 */
	Visitor in(ApplicationContext restarted) {
		Visitor visitor = new Visitor(restarted);
		visitor.cookies.addAll(this.cookies);
		return visitor;
	}

	MockHttpServletResponse get(String path, BiConsumer<HttpServletRequest, HttpServletResponse> handler) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
		if (!this.cookies.isEmpty()) {
			request.setCookies(this.cookies.toArray(Cookie[]::new));
		}
		return send(request, handler);
	}

	MockHttpServletResponse send(MockHttpServletRequest request,
			BiConsumer<HttpServletRequest, HttpServletResponse> handler) {
		MockHttpServletResponse response = new MockHttpServletResponse();
		HttpServlet servlet = new HttpServlet() {

			private static final long serialVersionUID = 1L;

			@Override
			protected void service(HttpServletRequest request, HttpServletResponse response) {
				handler.accept(request, response);
			}

		};
		try {
			new MockFilterChain(servlet, this.context.getBean(FilterRegistrationBean.class).getFilter())
				.doFilter(request, response);
		}
		catch (IOException | ServletException ex) {
			throw new AssertionError(ex);
		}
		for (Cookie cookie : response.getCookies()) {
			this.cookies.removeIf((known) -> known.getName().equals(cookie.getName()));
			if (cookie.getMaxAge() != 0) {
				this.cookies.add(cookie);
			}
		}
		return response;
	}

}
