package app.session.autoconfigure;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import app.session.autoconfigure.SessionProperties.Cookie;
import app.session.autoconfigure.SessionProperties.Header;
import app.session.web.SessionCookie.SameSite;
import app.session.web.SessionCookie.Secure;
import org.jspecify.annotations.Nullable;

import static app.session.autoconfigure.PropertyChecks.invalid;

/**
 * Finds properties of the cookie that make no sense, or a cookie that no browser would
 * take.
 */
final class CookieChecks {

	/** A token of RFC 9110, section 5.6.2, which RFC 6265 asks a cookie's name to be. */
	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	/** RFC 6265, section 4.1.1: anything but control characters and the semicolon. */
	private static final Pattern PATH = Pattern.compile("/[\\x20-\\x7e&&[^;]]*");

	private static final Pattern DOMAIN = Pattern.compile("[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?");

	/** The most a browser allows (RFC 6265bis, section 5.6.2). */
	private static final Duration LONGEST = Duration.ofDays(400);

	private CookieChecks() {
	}

	/**
	 * Checks the cookie.
	 * @throws InvalidSessionPropertyException for the first property that makes no sense
	 */
	static void check(Cookie cookie) {
		checkName(cookie.name());
		if (!PATH.matcher(cookie.path()).matches()) {
			throw invalid("cookie.path", cookie.path(), "No browser takes it.",
					"Begin it with a slash, and use neither semicolons nor control characters nor other letters "
							+ "than those of ASCII.");
		}
		String domain = cookie.domain();
		if (domain != null && !DOMAIN.matcher(domain).matches()) {
			throw invalid("cookie.domain", domain, "It is not the name of a domain.",
					"Write it as in example.org, without a leading dot, or leave it out for this host alone.");
		}
		checkMaxAge(cookie.maxAge());
		if (cookie.secure() == Secure.FALSE) {
			checkInsecure(cookie);
		}
	}

	/**
	 * Checks the header.
	 * @throws InvalidSessionPropertyException for the first property that makes no sense
	 */
	static void check(Header header) {
		String name = header.name();
		if (name == null) {
			if (header.only()) {
				throw invalid("header.only", true, "There is no header, since app.session.header.name is not set.",
						"Set app.session.header.name, or leave it out for a cookie.");
			}
			return;
		}
		if (!TOKEN.matcher(name).matches()) {
			throw invalid("header.name", name, "It is not the name of a header.",
					"Use letters, digits and hyphens, as in X-Session.");
		}
		String lowerCase = name.toLowerCase(Locale.ROOT);
		if (lowerCase.equals("cookie") || lowerCase.equals("set-cookie") || lowerCase.equals("authorization")) {
			throw invalid("header.name", name, "It has a meaning of its own.", "Take another, as X-Session.");
		}
	}

	private static void checkName(String name) {
		if (!TOKEN.matcher(name).matches()) {
			throw invalid("cookie.name", name, "It is not the name of a cookie.",
					"Use letters and digits, and neither spaces nor any of ()<>@,;:\\\"/[]?={}.");
		}
		String lowerCase = name.toLowerCase(Locale.ROOT);
		if (Stream.of("__host-", "__secure-", "__http-").anyMatch(lowerCase::startsWith)) {
			throw invalid("cookie.name", name, "The prefix is added to the name where it is possible.",
					"Leave the prefix out: on a secure connection it is __Host-, or __Secure- if there is a domain "
							+ "or a path.");
		}
	}

	private static void checkMaxAge(@Nullable Duration maxAge) {
		if (maxAge != null && maxAge.compareTo(Duration.ofSeconds(1)) < 0) {
			throw invalid("cookie.max-age", maxAge, "The browser would drop the cookie at once.",
					"Set it to a second or more, or leave it out for a cookie that stays until the browser closes.");
		}
		if (maxAge != null && maxAge.compareTo(LONGEST) > 0) {
			throw invalid("cookie.max-age", maxAge, "Browsers keep no cookie for so long.", "Set it to 400d or less.");
		}
	}

	private static void checkInsecure(Cookie cookie) {
		if (cookie.sameSite() == SameSite.NONE) {
			throw invalid("cookie.same-site", "none",
					"Browsers take such a cookie over secure connections alone, and app.session.cookie.secure is "
							+ "false.",
					"Set app.session.cookie.secure to true or auto, or same-site to lax or strict.");
		}
		if (cookie.partitioned()) {
			throw invalid("cookie.partitioned", true,
					"Browsers take such a cookie over secure connections alone, and app.session.cookie.secure is "
							+ "false.",
					"Set app.session.cookie.secure to true or auto, or leave partitioned out.");
		}
	}

}
