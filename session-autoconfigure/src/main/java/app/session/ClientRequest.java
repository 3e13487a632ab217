package app.session;

import org.jspecify.annotations.Nullable;

/**
 * The client's request, as a {@link SessionHook} sees it. To be used during the call of
 * the hook alone, on its thread.
 */
public interface ClientRequest {

	/**
	 * A header.
	 * @param name its name, in any case
	 * @return the value, the first one if there are several, or {@code null}
	 */
	@Nullable String getHeader(String name);

	/**
	 * A cookie, which is the client's word: it is verified by nobody.
	 * @param name its name
	 * @return the value, the first one if there are several, or {@code null}
	 */
	@Nullable String getCookie(String name);

	/**
	 * The network address that the request came from: that of the last proxy, unless the
	 * server was told to trust it ({@code server.forward-headers-strategy}).
	 * @return the address, or {@code null} if it is not known
	 */
	@Nullable String getRemoteAddress();

	/**
	 * The request by its own type, as it came to the session's filter: what it knows as
	 * its session is the container's.
	 * @param <T> the type
	 * @param type such as {@code HttpServletRequest}
	 * @return the request, or {@code null} if it is not of this type
	 */
	<T> @Nullable T unwrap(Class<T> type);

}
