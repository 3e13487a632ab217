package app.session.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import app.session.Session;
import app.session.SessionPolicy;
import app.session.SessionPolicy.Mode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The same application by a clock that a test moves.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(Node.class)
class TestApplication {

	@Bean
	MovableClock clock() {
		return new MovableClock();
	}

	/** A clock that a test moves. */
	static class MovableClock implements InstantSource {

		private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T10:00:00Z"));

		@Override
		public Instant instant() {
			return this.now.get();
		}

		void advance(Duration duration) {
			this.now.updateAndGet((instant) -> instant.plus(duration));
		}

	}

	@RestController
	static class Handlers {

		private final Gates gates;

		Handlers(Gates gates) {
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

		@GetMapping("/count")
		long count(Session session) {
			return session.increment("views");
		}

		@GetMapping("/count-twice")
		long countTwice(Session session) {
			session.increment("views");
			return session.increment("views");
		}

		@GetMapping("/count-then-set")
		long countThenSet(Session session) {
			long views = session.increment("views");
			session.set("last", views);
			return views;
		}

		@SessionPolicy(Mode.SERIALIZED)
		@GetMapping("/plain-count")
		int plainCount(Session session) {
			int views = session.get("plain", Integer.class, 0) + 1;
			session.set("plain", views);
			return views;
		}

		@GetMapping("/set/{name}/{value}")
		String set(Session session, @PathVariable String name, @PathVariable String value) {
			session.set(name, value);
			return value;
		}

		@GetMapping("/get/{name}")
		String get(Session session, @PathVariable String name) {
			return String.valueOf(session.get(name, String.class));
		}

		@GetMapping("/whole")
		String whole(Session session) {
			return session.getPrincipal() + " " + session.toMap();
		}

		@GetMapping("/change-id")
		String changeId(Session session) {
			session.changeId();
			session.set("changed", "yes");
			return "changed";
		}

		@GetMapping("/login/{name}")
		String login(Session session, @PathVariable String name) {
			session.setPrincipal(name);
			session.set("secret", "of " + name);
			return name;
		}

		@GetMapping("/logout")
		String logout(Session session) {
			session.invalidate();
			return "bye";
		}

		/** Waits before it has asked for the session. */
		@GetMapping("/unread/{gate}/{what}")
		String unread(Session session, @PathVariable String gate, @PathVariable String what) {
			this.gates.pass(gate);
			return act(session, what);
		}

		/** Waits when it has read the session. */
		@GetMapping("/read/{gate}/{what}")
		String read(Session session, @PathVariable String gate, @PathVariable String what) {
			session.names();
			this.gates.pass(gate);
			return act(session, what);
		}

		private static String act(Session session, String what) {
			return switch (what) {
				case "count" -> String.valueOf(session.increment("views"));
				case "set" -> {
					session.set("late", "set");
					yield "set";
				}
				case "change-id" -> {
					session.changeId();
					yield "changed";
				}
				case "login" -> {
					session.setPrincipal("mallory");
					yield "in";
				}
				case "take" -> String.valueOf(session.take("secret", String.class));
				case "whole" -> {
					session.set("late", "set");
					long views = session.increment("views");
					yield views + " " + session.getPrincipal() + " " + session.toMap();
				}
				default -> throw new IllegalArgumentException(what);
			};
		}

	}

	static @Nullable String valueOf(@Nullable String cookie) {
		return (cookie != null) ? cookie.substring(cookie.indexOf('=') + 1) : null;
	}

}
