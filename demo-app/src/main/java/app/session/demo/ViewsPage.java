package app.session.demo;

import app.session.Session;

/**
 * What a browser gets to see of the view counter.
 */
final class ViewsPage {

	private static final String CONTENT = """
			<div class="actions">
			  <a id="visit" class="button primary" href="/">Visit again</a>
			  <form action="/start-over" method="post"><button id="start-over" class="button">Start over</button></form>
			</div>
			<section aria-labelledby="session">
			  <h2 id="session">What the server knows of this session</h2>
			  <dl>
			    <dt>Handle</dt><dd><code>%1$s</code></dd>
			    <dt>Created</dt><dd>%2$s</dd>
			    <dt>Expires</dt><dd>%3$s</dd>
			  </dl>
			  <p>The handle is the session&rsquo;s public name; it logs nobody in.
			    The session expires when you stay away: each visit puts it off.</p>
			</section>
			<nav><a id="devices" href="/devices">The second demo: log in, and see your devices</a></nav>
			""";

	private ViewsPage() {
	}

	static String of(String sentence, Session session) {
		String handle = session.getHandle();
		return Page.of(sentence, CONTENT.formatted((handle != null) ? Page.text(handle) : "none",
				Page.time(session.getCreationTime()), Page.time(session.getExpiryTime())));
	}

}
