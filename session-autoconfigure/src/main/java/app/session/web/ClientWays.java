package app.session.web;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import app.session.SessionEvent;
import app.session.core.ClientToken;
import app.session.core.SignedTokens;
import app.session.crypto.SignedIdFormat;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;

/**
 * The ways in which the clients of an application hold their sessions.
 *
 * @param own the ways of this application: of those that a request uses the first counts,
 * and it is answered in the same way. The last is used by all requests
 * @param former the ways of another application whose sessions this one takes over: they
 * are looked at where there is none of our own, and never answered
 */
public record ClientWays(List<ClientWay> own, List<ClientWay> former) {

	/**
	 * Creates the ways.
	 * @throws IllegalArgumentException if there is none
	 */
	public ClientWays {
		if (own.isEmpty()) {
			throw new IllegalArgumentException("Clients need a way to hold a session");
		}
		own = List.copyOf(own);
		former = List.copyOf(former);
	}

	/**
	 * A signed id in a cookie, for all.
	 * @param cookie how the cookie is made
	 * @param format how the id is written and signed
	 * @return the ways
	 */
	public static ClientWays of(SessionCookie cookie, SignedIdFormat format) {
		return new ClientWays(List.of(new ClientWay(new CookieCarrier(cookie), new SignedTokens(format))), List.of());
	}

	/**
	 * The way of a request, and of its answer.
	 */
	ClientWay of(HttpServletRequest request) {
		for (ClientWay way : this.own) {
			if (way.carrier().isUsedBy(request)) {
				return way;
			}
		}
		return this.own.get(this.own.size() - 1);
	}

	/**
	 * Whether a request may present a token.
	 */
	boolean isPresentIn(HttpServletRequest request) {
		return isPresentIn(request, this.own) || isPresentIn(request, this.former);
	}

	private static boolean isPresentIn(HttpServletRequest request, List<ClientWay> ways) {
		for (ClientWay way : ways) {
			if (way.carrier().isPresentIn(request)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The request headers that decide what a request presents, for caches.
	 */
	Set<String> requestHeaders() {
		Set<String> headers = new LinkedHashSet<>();
		this.own.forEach((way) -> headers.add(way.carrier().requestHeader()));
		return headers;
	}

	/**
	 * Reads the token that a request presents.
	 * @param way its way
	 * @param transport how it came
	 * @param events told of what is not ours
	 * @return the token, or that of a client that has none
	 */
	ClientToken read(HttpServletRequest request, ClientWay way, Transport transport, Consumer<SessionEvent> events) {
		if (transport != Transport.NONE) {
			boolean secure = transport == Transport.SECURE;
			ClientToken token = way.read(request, secure, events);
			// What a browser hides in a cookie is not handed out in a header.
			boolean inCookie = way.carrier().requestHeader().equals(HttpHeaders.COOKIE);
			for (int i = 0; inCookie && token == null && i < this.former.size(); i++) {
				token = this.former.get(i).read(request, secure, events);
			}
			if (token != null) {
				return token;
			}
		}
		return way.format().blank();
	}

}
