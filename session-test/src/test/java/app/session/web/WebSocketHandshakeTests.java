package app.session.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.jetty.JettyRequestUpgradeStrategy;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.HttpSessionHandshakeInterceptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handshake that hands the attributes of the {@code HttpSession} to a web socket, on
 * each container.
 */
@ParameterizedClass
@EnumSource
class WebSocketHandshakeTests {

	private static final long LIMIT_SECONDS = 10;

	@Parameter
	Container container;

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class Sockets {

		/** Spring goes by the class path, where both containers are. */
		@Bean
		WebSocketConfigurer sockets(ServletContext context) {
			RequestUpgradeStrategy strategy = context.getServerInfo().contains("Tomcat")
					? new StandardWebSocketUpgradeStrategy() : new JettyRequestUpgradeStrategy();
			return (registry) -> registry.addHandler(new Telling(), "/socket")
				.setHandshakeHandler(new DefaultHandshakeHandler(strategy))
				.addInterceptors(new HttpSessionHandshakeInterceptor());
		}

	}

	/** Tells what the handshake has handed to it. */
	private static final class Telling extends TextWebSocketHandler {

		@Override
		public void afterConnectionEstablished(WebSocketSession session) throws Exception {
			session.sendMessage(new TextMessage(new TreeMap<>(session.getAttributes()).toString()));
		}

	}

	/** Takes the first message. */
	private static final class First implements WebSocket.Listener {

		private final CompletableFuture<String> message = new CompletableFuture<>();

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
			this.message.complete(text.toString());
			return null;
		}

		@Override
		public void onError(WebSocket socket, Throwable error) {
			this.message.completeExceptionally(error);
		}

	}

	private static String connect(TestServer server, String cookie) throws Exception {
		URI uri = URI.create(server.uri("/socket").toString().replace("http:", "ws:"));
		First first = new First();
		WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
		if (!cookie.isEmpty()) {
			builder.header("Cookie", cookie);
		}
		WebSocket socket = builder.buildAsync(uri, first).get(LIMIT_SECONDS, TimeUnit.SECONDS);
		String message = first.message.get(LIMIT_SECONDS, TimeUnit.SECONDS);
		socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(LIMIT_SECONDS, TimeUnit.SECONDS);
		return message;
	}

	@Test
	void theAttributesAndTheNameOfTheSessionAreCopied() throws Exception {
		try (TestServer server = new TestServer(this.container, ProbeServer.Probe.class, Sockets.class)) {
			ProbeServer browser = new ProbeServer(server);
			String name = browser.visit((request, response) -> {
				request.getSession().setAttribute("user", "alice");
				return request.getSession().getId();
			});
			server.repository.forgetCalls();
			String cookie = "session=" + browser.cookie("session");
			assertThat(connect(server, cookie))
				.isEqualTo(Map.of(HttpSessionHandshakeInterceptor.HTTP_SESSION_ID_ATTR_NAME, name)
					.toString()
					.replace("}", ", user=alice}"));
			browser.assertCalls(1, 0);
			assertThat(connect(server, "")).isEqualTo("{}");
			browser.assertCalls(0, 0);
		}
	}

}
