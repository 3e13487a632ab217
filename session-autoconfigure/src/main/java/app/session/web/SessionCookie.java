package app.session.web;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How the session's cookie is made.
 *
 * @param name its name, without the prefix that {@link #secure} may add
 * @param path the path it is sent to
 * @param domain the domain it is sent to with all its hosts, or {@code null} for this
 * host alone
 * @param sameSite when it goes along with requests from other sites
 * @param secure whether it goes over secure connections alone
 * @param httpOnly whether it is hidden from scripts
 * @param partitioned whether a third party's cookie is kept apart for each top-level site
 * @param rolling whether each response to a request that used the session sends it again
 * @param renew whether such a response sends it again if less than half of its lifetime
 * may be left; nothing for a cookie that ends when the browser closes
 * @param priority which cookies a browser drops first if it has too many, or {@code null}
 * to say nothing
 */
public record SessionCookie(String name, String path, @Nullable String domain, SameSite sameSite, Secure secure,
		boolean httpOnly, boolean partitioned, boolean rolling, boolean renew, @Nullable Priority priority) {

	private static final String HOST_PREFIX = "__Host-";

	private static final String SECURE_PREFIX = "__Secure-";

	/** What an application gets that sets nothing. */
	public static final SessionCookie DEFAULTS = new SessionCookie("session", "/", null, SameSite.LAX, Secure.AUTO,
			true, false, false, false, null);

	/**
	 * This cookie by another name.
	 * @param name the name
	 * @return a cookie that differs in its name alone
	 */
	public SessionCookie named(String name) {
		return new SessionCookie(name, this.path, this.domain, this.sameSite, this.secure, this.httpOnly,
				this.partitioned, this.rolling, this.renew, this.priority);
	}

	/**
	 * The cookie's name on a secure connection. A browser takes a cookie of such a name
	 * from the host itself and over a secure connection alone, so nobody else can plant
	 * it (RFC 6265bis, section 4.1.3).
	 */
	String secureName() {
		boolean hostOnly = this.domain == null && "/".equals(this.path);
		return (hostOnly ? HOST_PREFIX : SECURE_PREFIX) + this.name;
	}

	/**
	 * The {@code Set-Cookie} header.
	 * @param secure whether it is a secure connection
	 * @param value the cookie's value
	 * @param maxAge its lifetime in seconds, negative for that of the browser
	 */
	String header(boolean secure, String value, long maxAge) {
		return header(secure ? secureName() : this.name, secure, value, maxAge);
	}

	/**
	 * The same for a cookie of another name.
	 */
	String header(String name, boolean secure, String value, long maxAge) {
		StringBuilder header = new StringBuilder(256);
		header.append(name).append('=').append(value);
		header.append("; Path=").append(this.path);
		if (this.domain != null) {
			header.append("; Domain=").append(this.domain);
		}
		if (maxAge >= 0) {
			header.append("; Max-Age=").append(maxAge);
		}
		if (secure) {
			header.append("; Secure");
		}
		if (this.httpOnly) {
			header.append("; HttpOnly");
		}
		// A browser refuses None where it does not come with Secure (RFC 6265bis, section
		// 5.7), and takes nothing said for Lax.
		if (secure || this.sameSite != SameSite.NONE) {
			header.append("; SameSite=").append(this.sameSite.text);
		}
		if (this.partitioned && secure) {
			header.append("; Partitioned");
		}
		if (this.priority != null) {
			header.append("; Priority=").append(this.priority.text);
		}
		return header.toString();
	}

	/** When a cookie goes along with requests from other sites. */
	public enum SameSite {

		/** When a link is followed. */
		LAX,

		/** Never. */
		STRICT,

		/** Always; needs a secure connection. */
		NONE;

		private final String text = name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);

	}

	/**
	 * Which cookies a browser drops first if it has too many of a site
	 * (draft-west-cookie-priority-00; Chromium has it, others ignore it).
	 */
	public enum Priority {

		/** First. */
		LOW,

		/** As if nothing were said. */
		MEDIUM,

		/** Last. */
		HIGH;

		private final String text = name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);

	}

	/** Whether a cookie goes over secure connections alone. */
	public enum Secure {

		/**
		 * Yes, except over plain HTTP from this machine to itself; over any other plain
		 * HTTP there is no cookie at all.
		 */
		AUTO,

		/** Yes, also if the request seems to be plain: a proxy may not tell. */
		TRUE,

		/** No. */
		FALSE

	}

}
