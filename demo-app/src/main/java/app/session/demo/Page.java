package app.session.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import app.session.Session;

import org.springframework.web.util.HtmlUtils;

/**
 * What a browser gets to see. The times are in UTC, until {@code local-time.js} shows
 * them in the time zone of the visitor.
 */
final class Page {

	private static final String HTML = """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			  <meta charset="utf-8">
			  <meta name="viewport" content="width=device-width, initial-scale=1">
			  <meta name="color-scheme" content="light dark">
			  <title>%1$s</title>
			  <link rel="icon" href="/favicon.svg" type="image/svg+xml">
			  <link rel="stylesheet" href="/style.css">
			  <script src="/local-time.js" defer></script>
			</head>
			<body>
			  <main>
			    <h1>%1$s</h1>
			    <div class="actions">
			      <a id="visit" class="button primary" href="/">Visit again</a>
			      <form action="/start-over" method="post"><button id="start-over" class="button">Start over</button></form>
			    </div>
			    <section aria-labelledby="session">
			      <h2 id="session">What the server knows of this session</h2>
			      <dl>
			        <dt>Handle</dt><dd><code>%2$s</code></dd>
			        <dt>Created</dt><dd>%3$s</dd>
			        <dt>Expires</dt><dd>%4$s</dd>
			      </dl>
			      <p>The handle is the session&rsquo;s public name; it logs nobody in.
			        The session expires when you stay away: each visit puts it off.</p>
			    </section>
			  </main>
			</body>
			</html>
			""";

	private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.UK)
		.withZone(ZoneOffset.UTC);

	private Page() {
	}

	static String of(String sentence, Session session) {
		String handle = session.getHandle();
		return HTML.formatted(HtmlUtils.htmlEscape(sentence), (handle != null) ? HtmlUtils.htmlEscape(handle) : "none",
				time(session.getCreationTime()), time(session.getExpiryTime()));
	}

	private static String time(Instant time) {
		Instant second = time.truncatedTo(ChronoUnit.SECONDS);
		return "<time datetime=\"%s\">%s</time>".formatted(second, UTC.format(second));
	}

}
