package app.session.web;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The values of the cookies of one name in a request.
 */
final class CookieValues {

	private CookieValues() {
	}

	/**
	 * Finds those that differ.
	 */
	static Collection<String> of(HttpServletRequest request, String name) {
		Cookie[] cookies = request.getCookies();
		if (cookies == null) {
			return List.of();
		}
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
			return several;
		}
		return (only != null) ? List.of(only) : List.of();
	}

}
