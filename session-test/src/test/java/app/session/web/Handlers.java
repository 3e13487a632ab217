package app.session.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import app.session.Session;
import app.session.SessionPolicy;
import app.session.SessionPolicy.Mode;
import app.session.SessionStoreUnavailableException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The handlers of {@link SessionFilterTests}.
 */
@RestController
class Handlers {

	volatile CompletableFuture<Throwable> late = new CompletableFuture<>();

	volatile CountDownLatch answered = new CountDownLatch(1);

	private static Session session(HttpServletRequest request) {
		return RequestSessions.of(request);
	}

	@GetMapping("/unused")
	String unused() {
		return "unused";
	}

	@GetMapping("/read")
	String read(HttpServletRequest request) {
		return String.valueOf(session(request).get("count", Long.class));
	}

	@GetMapping("/read-cacheable")
	ResponseEntity<String> cacheable(HttpServletRequest request) {
		return ResponseEntity.ok().cacheControl(CacheControl.empty().cachePublic()).body(read(request));
	}

	@GetMapping("/increment")
	String increment(HttpServletRequest request) {
		return Long.toString(session(request).increment("count"));
	}

	@GetMapping("/invalidate")
	String invalidate(HttpServletRequest request) {
		session(request).invalidate();
		return "gone";
	}

	@GetMapping("/count")
	String count(HttpServletRequest request) {
		long count = session(request).get("count", Long.class, 0L) + 1;
		session(request).set("count", count);
		return Long.toString(count);
	}

	@GetMapping("/count-serialized")
	@SessionPolicy(Mode.SERIALIZED)
	String countSerialized(HttpServletRequest request) {
		return count(request);
	}

	@GetMapping("/count-serialized-asynchronously")
	@SessionPolicy(Mode.SERIALIZED)
	Callable<String> countSerializedAsynchronously(HttpServletRequest request) {
		return () -> count(request);
	}

	@GetMapping("/completed-serialized")
	@SessionPolicy(Mode.SERIALIZED)
	void completedSerialized(HttpServletRequest request, HttpServletResponse response) {
		count(request);
		AsyncContext context = request.startAsync();
		new Thread(context::complete).start();
	}

	@GetMapping("/timed-out-serialized")
	@SessionPolicy(Mode.SERIALIZED)
	void timedOutSerialized(HttpServletRequest request, HttpServletResponse response) {
		count(request);
		request.startAsync().setTimeout(50);
	}

	@GetMapping("/read-only")
	@SessionPolicy(Mode.READ_ONLY)
	String readOnly(HttpServletRequest request) {
		try {
			session(request).set("count", 1000L);
			return "changed";
		}
		catch (IllegalStateException ex) {
			return ex.getMessage();
		}
	}

	@GetMapping("/polled")
	@SessionPolicy(touch = false)
	String polled(HttpServletRequest request) {
		return read(request);
	}

	@GetMapping("/polled-unused")
	@SessionPolicy(touch = false)
	String polledUnused() {
		return "unused";
	}

	@GetMapping("/unstorable")
	@SuppressWarnings("unchecked")
	String unstorable(HttpServletRequest request) {
		session(request).set("list", new ArrayList<>(List.of("element")));
		session(request).get("list", ArrayList.class).add(Thread.currentThread());
		return "unsaved";
	}

	@GetMapping("/unstorable-hidden")
	void unstorableHidden(HttpServletRequest request, HttpServletResponse response) throws Exception {
		unstorable(request);
		try {
			response.flushBuffer();
		}
		catch (RuntimeException ex) {
			response.getWriter().print("fine");
		}
	}

	@GetMapping("/status/{status}")
	void status(@PathVariable int status, HttpServletRequest request, HttpServletResponse response) throws Exception {
		session(request).set("status", status);
		response.sendError(status);
	}

	@GetMapping("/thrown")
	void thrown(HttpServletRequest request) {
		session(request).set("status", "thrown");
		throw new IllegalStateException("unhandled");
	}

	@GetMapping("/read-handled")
	String readHandled(HttpServletRequest request) {
		try {
			return read(request);
		}
		catch (SessionStoreUnavailableException ex) {
			return "degraded";
		}
	}

	@GetMapping("/read-asynchronously")
	Callable<String> readAsynchronously(HttpServletRequest request) {
		return () -> read(request);
	}

	@GetMapping("/lookup")
	String lookup(HttpServletRequest request) {
		String found = RequestSessions.find(request).isPresent() + " ";
		try {
			return found + (session(request) == session(request));
		}
		catch (IllegalStateException ex) {
			return found + ex.getMessage();
		}
	}

	@GetMapping("/changed-after-commit")
	String changedAfterCommit(HttpServletRequest request, HttpServletResponse response) throws Exception {
		response.flushBuffer();
		try {
			session(request).set("late", true);
			return "changed";
		}
		catch (IllegalStateException ex) {
			return "refused";
		}
	}

	@GetMapping("/changed-after-end")
	String changedAfterEnd(HttpServletRequest request) {
		Session session = session(request);
		new Thread(() -> {
			try {
				this.answered.await();
				session.set("late", true);
				this.late.complete(new AssertionError("changed"));
			}
			catch (Throwable ex) {
				this.late.complete(ex);
			}
		}).start();
		return "answered";
	}

	@Configuration(proxyBeanMethods = false)
	static class Web implements WebMvcConfigurer {

		@Override
		public void addInterceptors(InterceptorRegistry registry) {
			registry.addInterceptor(new SessionPolicyInterceptor());
		}

	}

}
