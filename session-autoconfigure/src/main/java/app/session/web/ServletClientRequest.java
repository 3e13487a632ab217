package app.session.web;

import app.session.ClientRequest;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.WebUtils;

/**
 * A servlet's request as the application's hooks see it.
 */
final class ServletClientRequest implements ClientRequest {

	private final HttpServletRequest request;

	ServletClientRequest(HttpServletRequest request) {
		this.request = request;
	}

	@Override
	public @Nullable String getHeader(String name) {
		return this.request.getHeader(name);
	}

	@Override
	public @Nullable String getCookie(String name) {
		Cookie cookie = WebUtils.getCookie(this.request, name);
		return (cookie != null) ? cookie.getValue() : null;
	}

	@Override
	public @Nullable String getRemoteAddress() {
		return this.request.getRemoteAddr();
	}

	@Override
	public <T> @Nullable T unwrap(Class<T> type) {
		return WebUtils.getNativeRequest(this.request, type);
	}

}
