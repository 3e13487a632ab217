package app.session.demo;

import java.util.List;

import app.session.Sessions;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.csrf.CsrfToken;

/**
 * The sessions of a user, as the devices they are logged in on.
 */
final class DevicesPage {

	private static final String CONTENT = """
			<p class="notice" role="status">You are <strong id="user">%1$s</strong>, logged in on <strong>%2$s</strong>.</p>
			<div class="actions">
			  <form action="/devices/end-others" method="post">%3$s
			    <button id="end-others" class="button primary">Log out all others</button></form>
			  <form action="/devices/end-all" method="post">%3$s
			    <button id="end-all" class="button">Log out everywhere</button></form>
			</div>
			<section aria-labelledby="devices">
			  <h2 id="devices">Where you are logged in, oldest login first</h2>
			  <ol class="devices">
			%4$s  </ol>
			  <p>Address and browser are those of the login. Last seen may lag by some minutes.
			    If you logged in here more than five minutes ago, you are asked for your password before others are logged out.</p>
			</section>
			<nav><a id="views" href="/">The view counter</a></nav>
			""";

	private static final String DEVICE = """
			<li>
			  <h3>%2$s%3$s</h3>
			  <dl id="device-%1$s">
			    <dt>Login</dt><dd>%4$s</dd>
			    <dt>Last seen</dt><dd>%5$s</dd>
			    <dt>Address</dt><dd>%6$s</dd>
			  </dl>
			  <form action="/devices/%7$s" method="post">%8$s
			    <button class="button"%9$s aria-label="Log out %2$s" aria-describedby="device-%1$s">Log out</button></form>
			</li>
			""";

	private DevicesPage() {
	}

	/**
	 * The page.
	 * @param user whose devices they are
	 * @param devices the sessions
	 * @param here the handle of the session that asks, or {@code null} if it has ended
	 */
	static String of(String user, List<Sessions.Info> devices, @Nullable String here, CsrfToken token) {
		String hidden = LoginPage.hidden(token);
		StringBuilder list = new StringBuilder();
		for (Sessions.Info device : devices) {
			list.append(device(device, device.handle().equals(here), hidden).indent(4));
		}
		String count = (devices.size() == 1) ? "1 device" : devices.size() + " devices";
		return Page.of("My devices", CONTENT.formatted(Page.text(user), count, hidden, list));
	}

	/** This one is logged out by Spring Security, the others are ended from here. */
	private static String device(Sessions.Info device, boolean here, String hidden) {
		String handle = Page.text(device.handle());
		return DEVICE.formatted(handle, Page.text(BrowserName.of(device.userAgent())),
				here ? " <span class=\"badge\">this one</span>" : "",
				(device.authenticationTime() != null) ? Page.time(device.authenticationTime()) : "unknown",
				Page.time(device.lastAccessedTime()),
				(device.address() != null) ? Page.text(device.address()) : "unknown", here ? "logout" : "end", hidden,
				here ? "" : " name=\"handle\" value=\"" + handle + "\"");
	}

}
