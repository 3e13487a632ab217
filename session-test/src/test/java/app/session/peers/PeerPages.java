package app.session.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import app.session.Session;
import app.session.SessionPolicy;
import app.session.http.Gates;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the handlers of the peers' tests do to their session.
 */
@RestController
class PeerPages {

	private static final ParameterizedTypeReference<List<String>> STRINGS = new ParameterizedTypeReference<>() {
	};

	private final Gates gates;

	PeerPages(Gates gates) {
		this.gates = gates;
	}

	@GetMapping("/nothing")
	String nothing() {
		return "nothing";
	}

	@GetMapping("/unused")
	String unused(Session session) {
		return "unused";
	}

	@GetMapping({ "/whole", "/foo/whole", "/foobar/whole" })
	String whole(Session session) {
		return session.getPrincipal() + " " + session.toMap();
	}

	/** Reads without keeping the session alive. */
	@SessionPolicy(touch = false)
	@GetMapping("/peek")
	String peek(Session session) {
		return session.getPrincipal() + " " + session.toMap();
	}

	@GetMapping("/names")
	String names(Session session) {
		return new TreeSet<>(session.names()).toString();
	}

	@GetMapping({ "/set/{name}/{value}", "/foo/set/{name}/{value}", "/foobar/set/{name}/{value}" })
	String set(Session session, @PathVariable String name, @PathVariable String value) {
		session.set(name, value);
		return value;
	}

	@GetMapping("/count")
	long count(Session session) {
		return session.increment("views");
	}

	/** When it was made, last used and ends, in milliseconds, and how long it lives. */
	@GetMapping("/times")
	String times(Session session) {
		return session.getCreationTime().toEpochMilli() + " " + session.getLastAccessedTime().toEpochMilli() + " "
				+ session.getExpiryTime().toEpochMilli() + " " + session.getTimeout().toMillis();
	}

	@GetMapping("/handle")
	String handle(Session session) {
		return String.valueOf(session.getHandle());
	}

	@GetMapping("/new")
	boolean isNew(Session session) {
		return session.isNew();
	}

	@GetMapping("/cookie-max-age")
	String cookieMaxAge(Session session) {
		return String.valueOf(session.getCookieMaxAge());
	}

	@GetMapping("/cookie-max-age/{seconds}")
	String cookieMaxAge(Session session, @PathVariable long seconds) {
		session.setCookieMaxAge(Duration.ofSeconds(seconds));
		return String.valueOf(session.getCookieMaxAge());
	}

	@GetMapping("/timeout/{millis}")
	String timeout(Session session, @PathVariable long millis) {
		session.setTimeout(Duration.ofMillis(millis));
		session.set("known", "yes");
		return "set";
	}

	/** With a cookie of the application's own before and after. */
	@GetMapping("/own-cookies")
	String ownCookies(Session session, HttpServletResponse response) {
		response.addCookie(new Cookie("before", "1"));
		session.set("a", "b");
		session.save();
		response.addCookie(new Cookie("after", "1"));
		return "set";
	}

	// Logins and ends

	@GetMapping("/login/{name}")
	String login(Session session, @PathVariable String name) {
		session.setPrincipal(name);
		return name;
	}

	/** As one replaces {@code ctx.session} at a login. */
	@GetMapping("/replace-and-login/{name}")
	String replaceAndLogin(Session session, @PathVariable String name) {
		session.replace(Map.of("user", name));
		session.setPrincipal(name);
		return name;
	}

	@GetMapping("/logout-and-login/{name}")
	String logoutAndLogin(Session session, @PathVariable String name) {
		session.invalidate();
		session.set("user", name);
		session.setPrincipal(name);
		return session.toMap().toString();
	}

	@GetMapping("/logout")
	String logout(Session session) {
		session.invalidate();
		return session.toMap().toString();
	}

	@GetMapping("/reset")
	String reset(Session session) {
		session.reset();
		session.set("after", "reset");
		return session.toMap().toString();
	}

	@GetMapping("/change-id")
	String changeId(Session session) {
		session.changeId();
		return session.toMap().toString();
	}

	// Changes

	@GetMapping("/clear")
	String clear(Session session) {
		session.clear();
		return "empty";
	}

	@GetMapping("/set-what-it-is")
	String setWhatItIs(Session session) {
		session.set("known", session.get("known", String.class));
		return "unchanged";
	}

	@GetMapping("/list/{value}")
	String list(Session session, @PathVariable String value) {
		session.set("list", new ArrayList<>(List.of(value)));
		return "set";
	}

	/** Changes what is in the session, and does not set it. */
	@GetMapping("/change-list-in-place/{value}")
	String changeListInPlace(Session session, @PathVariable String value) {
		List<String> list = session.get("list", STRINGS);
		list.set(0, value);
		return list.toString();
	}

	@GetMapping("/nested-cookie/{value}")
	@SuppressWarnings("unchecked")
	String nestedCookie(Session session, @PathVariable String value) {
		Map<String, String> nested = session.get("nested", Map.class);
		if (nested == null) {
			session.set("nested", new LinkedHashMap<>(Map.of("cookie", value)));
		}
		else {
			nested.put("cookie", value);
		}
		return value;
	}

	/** Replaces all by the same, in the order of the path. */
	@GetMapping("/replace/{first}/{second}")
	String replace(Session session, @PathVariable String first, @PathVariable String second) {
		Map<String, String> attributes = new LinkedHashMap<>();
		attributes.put(first, "of " + first);
		attributes.put(second, "of " + second);
		session.replace(attributes);
		return attributes.toString();
	}

	@GetMapping("/save")
	String save(Session session) {
		session.set("saved", "yes");
		session.save();
		return "saved";
	}

	@GetMapping("/save-twice")
	String saveTwice(Session session) {
		session.set("saved", "once");
		session.save();
		session.set("saved", "twice");
		session.save();
		return "saved";
	}

	@GetMapping("/change-id-and-save")
	String changeIdAndSave(Session session) {
		session.changeId();
		session.save();
		return "saved";
	}

	@GetMapping("/fail")
	String fail(Session session) {
		session.set("failed", "yes");
		throw new IllegalArgumentException("the handler's own");
	}

	// What waits, when it has read the session

	@GetMapping("/wait/{gate}/read")
	String waitAndRead(Session session, @PathVariable String gate) {
		Map<String, Object> seen = session.toMap();
		this.gates.pass(gate);
		return seen.toString();
	}

	@GetMapping("/wait/{gate}/set/{name}/{value}")
	String waitAndSet(Session session, @PathVariable String gate, @PathVariable String name,
			@PathVariable String value) {
		session.names();
		this.gates.pass(gate);
		session.set(name, value);
		return value;
	}

	/** What {@code reload} is for: to see what others have stored since. */
	@GetMapping("/wait/{gate}/see/{name}")
	String waitAndSee(Session session, @PathVariable String gate, @PathVariable String name) {
		String before = session.get(name, String.class);
		this.gates.pass(gate);
		return before + " " + session.get(name, String.class) + " "
				+ session.update(name, String.class, UnaryOperator.identity());
	}

}
