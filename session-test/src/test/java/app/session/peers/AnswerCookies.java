package app.session.peers;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What a handler of a test does to the answer itself.
 */
final class AnswerCookies {

	private AnswerCookies() {
	}

	/** Adds a cookie of the application's own. */
	static void add(String header) {
		HttpServletResponse response = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
			.getResponse();
		if (response == null) {
			throw new IllegalStateException("There is no answer");
		}
		response.addHeader("Set-Cookie", header);
	}

}
