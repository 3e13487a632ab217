package app.session.web;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

import app.session.SessionEvent;
import app.session.SessionEvent.InvalidCookie;
import app.session.crypto.SessionId;
import app.session.crypto.SignedIdFormat;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the id that a request presents. Safe for use by many threads.
 */
final class RequestCookies {

	private static final int MAX_VERIFIED = 4;

	private final SessionCookie cookie;

	private final SignedIdFormat format;

	private final Consumer<SessionEvent> events;

	RequestCookies(SessionCookie cookie, SignedIdFormat format, Consumer<SessionEvent> events) {
		this.cookie = cookie;
		this.format = format;
		this.events = events;
	}

	/**
	 * Reads the id. On a secure connection only the name that nobody else could have
	 * planted is looked at.
	 * @param request the request
	 * @param transport how it came
	 * @return the id, or {@code null} if there is none that is ours, or more than one
	 */
	@Nullable PresentedId read(HttpServletRequest request, Transport transport) {
		Cookie[] cookies = request.getCookies();
		if (transport == Transport.NONE || cookies == null) {
			return null;
		}
		String name = (transport == Transport.SECURE) ? this.cookie.secureName() : this.cookie.name();
		String only = null;
		Set<String> several = null;
		for (Cookie candidate : cookies) {
			String value = candidate.getValue();
			if (!candidate.getName().equals(name) || value == null || value.equals(only)) {
				continue;
			}
			if (only == null) {
				only = value;
			}
			else {
				several = (several != null) ? several : new LinkedHashSet<>(Set.of(only));
				several.add(value);
			}
		}
		if (several != null) {
			return chooseFrom(several);
		}
		return (only != null) ? verify(only) : null;
	}

	/**
	 * A forged one among several is no doubt about the genuine one; two genuine ones, or
	 * more than are verified, are.
	 */
	private @Nullable PresentedId chooseFrom(Set<String> values) {
		PresentedId chosen = null;
		boolean ambiguous = values.size() > MAX_VERIFIED;
		if (!ambiguous) {
			for (String value : values) {
				PresentedId id = verify(value);
				ambiguous |= id != null && chosen != null && !id.id().equals(chosen.id());
				chosen = (id != null) ? id : chosen;
			}
		}
		if (ambiguous) {
			this.events.accept(new InvalidCookie(InvalidCookie.Reason.AMBIGUOUS));
			return null;
		}
		return chosen;
	}

	private @Nullable PresentedId verify(String value) {
		SignedIdFormat.Result result = this.format.read(value);
		if (result instanceof SignedIdFormat.Result.Valid valid) {
			return new PresentedId(valid.id(), valid.currentKey());
		}
		boolean malformed = result instanceof SignedIdFormat.Result.Malformed;
		this.events
			.accept(new InvalidCookie(malformed ? InvalidCookie.Reason.MALFORMED : InvalidCookie.Reason.BAD_SIGNATURE));
		return null;
	}

	/**
	 * An id that a request presented.
	 *
	 * @param id the id
	 * @param currentKey whether the key that signs today made its signature
	 */
	record PresentedId(SessionId id, boolean currentKey) {
	}

}
