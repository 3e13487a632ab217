package app.session.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;

import app.session.Session;
import com.sun.management.OperatingSystemMXBean;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The view counter in four forms: {@code /none} counts without a session, {@code /floor}
 * in a shared store by hand, {@code /container} in Tomcat's own session or Spring
 * Session's, {@code /session} in ours. Only one form is used of one process, and the
 * others are switched off.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ CounterServer.Usage.class, CounterServer.Counters.class, Floor.RedisFloor.class, Floor.SqlFloor.class })
public class CounterServer {

	/**
	 * Starts the server and prints its port.
	 * @param args properties
	 */
	public static void main(String[] args) {
		String port = SpringApplication.run(CounterServer.class, args)
			.getEnvironment()
			.getRequiredProperty("local.server.port");
		System.out.println("port " + port);
	}

	/** Tells what the process has used. */
	@RestController
	static class Usage {

		private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory
			.getOperatingSystemMXBean();

		@GetMapping("/cpu")
		long cpuNanos() {
			return this.system.getProcessCpuTime();
		}

	}

	/** The counters. */
	@RestController
	static class Counters {

		private final AtomicLong views = new AtomicLong();

		@GetMapping("/none")
		String none() {
			return text(this.views.incrementAndGet());
		}

		@GetMapping("/container")
		String container(HttpServletRequest request) {
			HttpSession session = request.getSession();
			Long views = (Long) session.getAttribute("views");
			long next = (views != null) ? views + 1 : 1;
			session.setAttribute("views", next);
			return text(next);
		}

		@GetMapping("/container/read")
		String containerRead(HttpServletRequest request) {
			return String.valueOf(request.getSession().getAttribute("views"));
		}

		@GetMapping("/session")
		String session(Session session) {
			return text(session.increment("views"));
		}

		@GetMapping("/session/read")
		String sessionRead(Session session) {
			return String.valueOf(session.get("views", Long.class));
		}

		/** Has a session, and does not look at it. */
		@GetMapping({ "/none/unused", "/floor/unused", "/container/unused", "/session/unused" })
		String unused() {
			return "unused";
		}

	}

	static String text(long views) {
		return "You've visited this page " + views + " times!";
	}

}
