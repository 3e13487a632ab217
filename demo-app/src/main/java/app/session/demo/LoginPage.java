package app.session.demo;

import org.jspecify.annotations.Nullable;

import org.springframework.security.web.csrf.CsrfToken;

/**
 * The login page of the second demo, which asks for the password again as well.
 */
final class LoginPage {

	private static final String CONTENT = """
			%1$s<form class="login" action="/devices/login" method="post">
			  %2$s
			  <label for="username">Name</label>
			  <input id="username" name="username" value="%3$s" autocomplete="username" autocapitalize="none" required%4$s>
			  <label for="password">Password</label>
			  <input id="password" name="password" type="password" autocomplete="current-password" required%5$s>
			  <button id="log-in" class="button primary">Log in</button>
			</form>
			<section aria-labelledby="users">
			  <h2 id="users">Who can log in to this demo</h2>
			  <dl>
			    <dt>alice</dt><dd>with the password <code>wonderland</code></dd>
			    <dt>bob</dt><dd>with the password <code>toolbox</code></dd>
			  </dl>
			  <p>Log in with a second browser too, or with a private window: each is a device.</p>
			</section>
			<nav>%6$s<a id="views" href="/">The view counter</a></nav>
			""";

	private static final String FOCUS = " autofocus";

	private LoginPage() {
	}

	/**
	 * The page.
	 * @param user who is logged in already, or {@code null}
	 * @param failed whether a login just failed
	 * @param loggedOut whether the visitor has just logged out
	 */
	static String of(CsrfToken token, @Nullable String user, boolean failed, boolean loggedOut) {
		String notice = "";
		if (failed) {
			notice = "<p class=\"notice\" role=\"alert\">No such name, or not with this password.</p>\n";
		}
		else if (user != null) {
			notice = ("<p class=\"notice\" role=\"status\">You are logged in as <strong>%s</strong>. To log out other "
					+ "devices, give your password again if you did so more than five minutes ago.</p>\n")
				.formatted(Page.text(user));
		}
		else if (loggedOut) {
			notice = "<p class=\"notice\" role=\"status\">You are logged out.</p>\n";
		}
		return Page.of((user != null) ? "Log in again" : "Log in",
				CONTENT.formatted(notice, hidden(token), (user != null) ? Page.text(user) : "",
						(user != null) ? "" : FOCUS, (user != null) ? FOCUS : "",
						(user != null) ? "<a href=\"/devices\">My devices</a>\n" : ""));
	}

	/** The field without which no form is taken. */
	static String hidden(CsrfToken token) {
		return "<input type=\"hidden\" name=\"%s\" value=\"%s\">".formatted(Page.text(token.getParameterName()),
				Page.text(token.getToken()));
	}

}
