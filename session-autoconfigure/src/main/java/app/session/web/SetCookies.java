package app.session.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;

/**
 * The {@code Set-Cookie} headers of a response.
 */
final class SetCookies {

	private SetCookies() {
	}

	/**
	 * Writes a header in the place of an earlier one of the same cookie, and leaves the
	 * other cookies as they are.
	 */
	static void put(HttpServletResponse response, String header) {
		Collection<String> present = response.getHeaders(HttpHeaders.SET_COOKIE);
		String start = header.substring(0, header.indexOf('=') + 1);
		if (present.stream().noneMatch((value) -> value.startsWith(start))) {
			response.addHeader(HttpHeaders.SET_COOKIE, header);
			return;
		}
		List<String> headers = new ArrayList<>(present);
		headers.replaceAll((value) -> value.startsWith(start) ? header : value);
		response.setHeader(HttpHeaders.SET_COOKIE, headers.get(0));
		headers.stream().skip(1).forEach((value) -> response.addHeader(HttpHeaders.SET_COOKIE, value));
	}

}
