package app.session.http;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server on virtual threads: none of them is pinned to its carrier by a session.
 */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "There are no virtual threads before Java 21")
class VirtualThreadHttpTests extends HttpTests {

	private static final int REQUESTS = 200;

	@TempDir
	Path directory;

	@RestController
	static class ThreadHandler {

		@GetMapping("/is-virtual")
		String isVirtual() throws ReflectiveOperationException {
			return String.valueOf(Thread.class.getMethod("isVirtual").invoke(Thread.currentThread()));
		}

	}

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { TestApplication.class, ThreadHandler.class };
	}

	@Override
	String[] properties() {
		return new String[] { "spring.threads.virtual.enabled=true" };
	}

	@Test
	void noSessionPinsAVirtualThread() throws Exception {
		Browser browser = browser();
		assertThat(browser.get("/is-virtual").body()).isEqualTo("true");
		browser.get("/count");
		Path file = this.directory.resolve("pinned.jfr");
		try (Recording recording = new Recording()) {
			recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
			recording.start();
			List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
			for (int i = 0; i < REQUESTS; i++) {
				sent.add(browser.twin().send((i % 2 == 0) ? "/count" : "/plain-count"));
			}
			for (CompletableFuture<HttpResponse<String>> request : sent) {
				assertThat(Browser.await(request).statusCode()).isEqualTo(200);
			}
			recording.stop();
			recording.dump(file);
		}
		assertThat(Files.size(file)).isPositive();
		List<RecordedEvent> pinned = RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> String.valueOf(event.getStackTrace()).contains("app.session."))
			.toList();
		assertThat(pinned).isEmpty();
		assertThat(browser.get("/count").body()).isEqualTo(String.valueOf(REQUESTS / 2 + 2));
	}

}
