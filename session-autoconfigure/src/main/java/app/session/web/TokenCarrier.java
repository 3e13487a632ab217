package app.session.web;

import java.util.Collection;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * How a client's token travels: in a cookie, or in a header. Safe for use by many
 * threads.
 */
public interface TokenCarrier {

	/**
	 * Whether a request uses this carrier, so that the answer does as well.
	 * @param request the request
	 * @return {@code true} if it does
	 */
	default boolean isUsedBy(HttpServletRequest request) {
		return true;
	}

	/**
	 * Whether a request may bring anything.
	 * @param request the request
	 * @return {@code false} if there is no need to look closer
	 */
	default boolean isPresentIn(HttpServletRequest request) {
		return request.getHeader(requestHeader()) != null;
	}

	/**
	 * The request header that decides what a request brings, for caches.
	 * @return the header's name
	 */
	String requestHeader();

	/**
	 * What a request brings.
	 * @param request the request
	 * @param secure whether it came over a secure connection
	 * @return the texts that differ, in their order; empty if it brings none
	 */
	Collection<String> read(HttpServletRequest request, boolean secure);

	/**
	 * Writes a token into a response, in place of what this has written there before.
	 * @param response the response, not committed
	 * @param secure whether it goes over a secure connection
	 * @param text the token, or empty to take it away
	 * @param maxAge how long the client keeps it, in seconds; negative until it closes
	 */
	void write(HttpServletResponse response, boolean secure, String text, long maxAge);

}
