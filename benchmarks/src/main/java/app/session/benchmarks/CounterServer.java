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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The view counter, in one of three forms: {@code variant=none} counts without a session,
 * {@code container} in Tomcat's own, {@code session} in ours.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class CounterServer {

	/**
	 * Starts the server and prints its port.
	 * @param args {@code --variant=...}
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

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "variant", havingValue = "none")
	static class None {

		@Bean
		NoneCounter counter() {
			return new NoneCounter();
		}

	}

	@RestController
	static class NoneCounter {

		private final AtomicLong views = new AtomicLong();

		@GetMapping("/count")
		String count() {
			return text(this.views.incrementAndGet());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "variant", havingValue = "container")
	static class Container {

		@Bean
		ContainerCounter counter() {
			return new ContainerCounter();
		}

	}

	@RestController
	static class ContainerCounter {

		@GetMapping("/count")
		String count(HttpServletRequest request) {
			HttpSession session = request.getSession();
			Long views = (Long) session.getAttribute("views");
			long next = (views != null) ? views + 1 : 1;
			session.setAttribute("views", next);
			return text(next);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "variant", havingValue = "session")
	static class Ours {

		@Bean
		SessionCounter counter() {
			return new SessionCounter();
		}

	}

	@RestController
	static class SessionCounter {

		@GetMapping("/count")
		String count(Session session) {
			return text(session.increment("views"));
		}

	}

	private static String text(long views) {
		return "You've visited this page " + views + " times!";
	}

}
