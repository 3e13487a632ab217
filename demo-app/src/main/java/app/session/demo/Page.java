package app.session.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import org.springframework.web.util.HtmlUtils;

/**
 * What all pages have in common. The times are in UTC, until {@code local-time.js} shows
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
			%2$s  </main>
			</body>
			</html>
			""";

	private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.UK)
		.withZone(ZoneOffset.UTC);

	private Page() {
	}

	/**
	 * A page.
	 * @param title its title and heading, any text
	 * @param content what follows the heading, as HTML
	 */
	static String of(String title, String content) {
		return HTML.formatted(text(title), content.indent(4));
	}

	static String text(String text) {
		return HtmlUtils.htmlEscape(text);
	}

	static String time(Instant time) {
		Instant second = time.truncatedTo(ChronoUnit.SECONDS);
		return "<time datetime=\"%s\">%s</time>".formatted(second, UTC.format(second));
	}

}
