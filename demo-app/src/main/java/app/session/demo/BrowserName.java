package app.session.demo;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A short name for a browser, as in "Firefox on Windows", made from its user agent. The
 * first word that is found counts, since browsers name those they resemble too.
 */
final class BrowserName {

	private static final List<Word> BROWSERS = List.of(new Word("Edg/", "Edge"), new Word("EdgA/", "Edge"),
			new Word("EdgiOS/", "Edge"), new Word("OPR/", "Opera"), new Word("SamsungBrowser/", "Samsung Internet"),
			new Word("Firefox/", "Firefox"), new Word("FxiOS/", "Firefox"), new Word("Chrome/", "Chrome"),
			new Word("CriOS/", "Chrome"), new Word("Safari/", "Safari"));

	private static final List<Word> SYSTEMS = List.of(new Word("iPhone", "iPhone"), new Word("iPad", "iPad"),
			new Word("Android", "Android"), new Word("Windows", "Windows"), new Word("Macintosh", "macOS"),
			new Word("CrOS", "ChromeOS"), new Word("Linux", "Linux"));

	private BrowserName() {
	}

	/**
	 * Names a browser.
	 * @param userAgent what it says of itself, any text; {@code null} if it says nothing
	 * @return the name, or the text itself if it says nothing known; not escaped
	 */
	static String of(@Nullable String userAgent) {
		if (userAgent == null) {
			return "Unknown browser";
		}
		String browser = find(BROWSERS, userAgent);
		String system = find(SYSTEMS, userAgent);
		if (browser == null) {
			return userAgent;
		}
		return (system != null) ? browser + " on " + system : browser;
	}

	private static @Nullable String find(List<Word> words, String userAgent) {
		for (Word word : words) {
			if (userAgent.contains(word.text())) {
				return word.meaning();
			}
		}
		return null;
	}

	private record Word(String text, String meaning) {
	}

}
