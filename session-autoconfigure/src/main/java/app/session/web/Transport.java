package app.session.web;

import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Which cookie may go over a connection.
 */
enum Transport {

	/** A cookie for secure connections. */
	SECURE,

	/** A cookie for any connection. */
	PLAIN,

	/** No cookie: anyone on the way could read it. */
	NONE;

	private static final Pattern LOOPBACK_ADDRESS = Pattern
		.compile("(::ffff:)?127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");

	private static final String[] PROXY_HEADERS = { "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto",
			"X-Forwarded-Host", "Via" };

	static Transport of(HttpServletRequest request, SessionCookie.Secure setting) {
		return switch (setting) {
			case TRUE -> SECURE;
			case FALSE -> PLAIN;
			case AUTO -> {
				if (request.isSecure()) {
					yield SECURE;
				}
				yield isWithinThisMachine(request) ? PLAIN : NONE;
			}
		};
	}

	/**
	 * The name that the client used must be a loopback name, since a browser on this
	 * machine may well talk to a public name of it through a proxy that adds TLS. But the
	 * name is the client's word: it, or a proxy that sets {@code Host} to its upstream,
	 * may say {@code localhost} from anywhere. So the address the connection came from
	 * must be a loopback address as well, and no proxy may have left a trace. What is
	 * left is a proxy on this machine that hides itself wholly: its users get a cookie
	 * that works, without {@code Secure}.
	 */
	private static boolean isWithinThisMachine(HttpServletRequest request) {
		if (!isLoopbackName(request.getServerName()) || !isLoopbackAddress(request.getRemoteAddr())) {
			return false;
		}
		for (String header : PROXY_HEADERS) {
			if (request.getHeader(header) != null) {
				return false;
			}
		}
		return true;
	}

	private static boolean isLoopbackName(@Nullable String name) {
		if (name == null) {
			return false;
		}
		int localhost = name.length() - "localhost".length();
		if (name.regionMatches(true, localhost, "localhost", 0, "localhost".length())) {
			return localhost == 0 || name.charAt(localhost - 1) == '.';
		}
		return isLoopbackAddress(name);
	}

	private static boolean isLoopbackAddress(@Nullable String address) {
		if (address == null || address.equals("127.0.0.1")) {
			return address != null;
		}
		boolean bracketed = address.startsWith("[") && address.endsWith("]");
		String bare = bracketed ? address.substring(1, address.length() - 1) : address;
		return LOOPBACK_ADDRESS.matcher(bare).matches();
	}

}
