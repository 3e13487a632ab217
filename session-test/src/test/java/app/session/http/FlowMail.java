package app.session.http;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.ott.OneTimeToken;
import org.springframework.security.web.authentication.ott.OneTimeTokenGenerationSuccessHandler;

/**
 * Keeps the last one-time token, where a real application sends a mail.
 */
final class FlowMail implements OneTimeTokenGenerationSuccessHandler {

	private volatile @Nullable String token;

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, OneTimeToken token)
			throws IOException {
		this.token = token.getTokenValue();
		response.sendRedirect("/login/ott");
	}

	String token() {
		String last = this.token;
		if (last == null) {
			throw new AssertionError("No mail was sent");
		}
		return last;
	}

}
