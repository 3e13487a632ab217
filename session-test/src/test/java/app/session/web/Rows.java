package app.session.web;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import app.session.Session;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * The handlers of {@link ResponseRowsTests}: each changes its session and then answers in
 * a way of its own.
 */
@Controller
@RequestMapping("/rows")
class Rows {

	static final String LARGE = "0123456789".repeat(10_000);

	static final String KILO_EURO = "€".repeat(1_000);

	private static void change(HttpServletRequest request) {
		Session session = RequestSessions.of(request);
		session.set("row", request.getRequestURI() + " " + request.getDispatcherType());
	}

	private static byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		java.util.Arrays.fill(bytes, (byte) 'x');
		return bytes;
	}

	@GetMapping("/unchanged")
	@ResponseBody
	String unchanged() {
		return "unchanged";
	}

	@GetMapping("/body-small")
	@ResponseBody
	String small(HttpServletRequest request) {
		change(request);
		return "small";
	}

	@GetMapping({ "/body-large", "/etag-inside/large", "/etag-outside/large" })
	@ResponseBody
	String large(HttpServletRequest request) {
		change(request);
		return LARGE;
	}

	@GetMapping("/body-json")
	@ResponseBody
	Map<String, String> json(HttpServletRequest request) {
		change(request);
		return Map.of("text", LARGE);
	}

	@GetMapping("/view")
	View view(HttpServletRequest request) {
		return (model, sameRequest, response) -> {
			change(request);
			response.getWriter().print("view");
		};
	}

	@GetMapping("/view-large")
	View largeView(HttpServletRequest request) {
		change(request);
		return (model, sameRequest, response) -> {
			PrintWriter writer = response.getWriter();
			for (int i = 0; i < LARGE.length(); i++) {
				writer.print(LARGE.charAt(i));
			}
		};
	}

	@GetMapping("/redirect")
	String redirect(HttpServletRequest request) {
		change(request);
		return "redirect:/rows/unchanged";
	}

	@GetMapping("/forward")
	String forward(HttpServletRequest request) {
		change(request);
		return "forward:/rows/unchanged";
	}

	@GetMapping("/forward-changed-there")
	String forwardToChange() {
		return "forward:/rows/body-small";
	}

	@GetMapping("/forward-to-view")
	String forwardToView() {
		return "forward:/rows/view";
	}

	@GetMapping("/include")
	void include(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		request.getRequestDispatcher("/rows/body-small").include(request, response);
	}

	@GetMapping("/include-large")
	void includeLarge(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		request.getRequestDispatcher("/rows/body-large").include(request, response);
	}

	@GetMapping({ "/send-error", "/error-page-changes-too" })
	void sendError(HttpServletRequest request, HttpServletResponse response) throws IOException {
		change(request);
		response.sendError(418);
	}

	@GetMapping("/send-error-message")
	void sendErrorMessage(HttpServletRequest request, HttpServletResponse response) throws IOException {
		change(request);
		response.sendError(418, "teapot");
	}

	@GetMapping("/error-page-changes-alone")
	void sendErrorUnchanged(HttpServletResponse response) throws IOException {
		response.sendError(418);
	}

	@GetMapping("/exception")
	void exception(HttpServletRequest request) {
		change(request);
		throw new IllegalStateException("unhandled");
	}

	@GetMapping({ "/exception-handled", "/exception-handled-large" })
	void handledException(HttpServletRequest request) {
		change(request);
		throw new UnsupportedOperationException("handled");
	}

	@ExceptionHandler
	void handle(UnsupportedOperationException ex, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		response.setStatus(422);
		response.getWriter().print(request.getRequestURI().endsWith("large") ? LARGE : "handled");
	}

	@GetMapping("/exception-handler-changes")
	void exceptionHandlerChanges() {
		throw new UncheckedIOException(new IOException());
	}

	@ExceptionHandler
	@ResponseBody
	String handle(UncheckedIOException ex, HttpServletRequest request) {
		change(request);
		return LARGE;
	}

	@GetMapping("/everything-handled")
	@ResponseBody
	String everythingHandled(HttpServletRequest request, HttpServletResponse response) throws IOException {
		change(request);
		try {
			response.getOutputStream().write(bytes(30_000));
		}
		catch (RuntimeException ex) {
			response.setStatus(200);
			response.getOutputStream().write(bytes(30_000));
			response.flushBuffer();
		}
		return null;
	}

	@GetMapping("/callable")
	@ResponseBody
	Callable<String> callable(HttpServletRequest request) {
		return () -> {
			change(request);
			return "callable";
		};
	}

	@GetMapping("/callable-changed-before")
	@ResponseBody
	Callable<String> callableChangedBefore(HttpServletRequest request) {
		change(request);
		return () -> LARGE;
	}

	@GetMapping("/callable-exception")
	@ResponseBody
	Callable<String> callableException(HttpServletRequest request) {
		return () -> {
			change(request);
			throw new IllegalStateException("unhandled");
		};
	}

	@GetMapping("/deferred-result")
	@ResponseBody
	DeferredResult<String> deferredResult(HttpServletRequest request) {
		DeferredResult<String> result = new DeferredResult<>();
		new Thread(() -> {
			change(request);
			result.setResult("deferred");
		}).start();
		return result;
	}

	@GetMapping("/deferred-result-timeout")
	@ResponseBody
	DeferredResult<String> deferredResultTimeout(HttpServletRequest request) {
		change(request);
		return new DeferredResult<>(100L);
	}

	@GetMapping("/completable-future")
	@ResponseBody
	CompletableFuture<String> completableFuture(HttpServletRequest request) {
		return CompletableFuture.supplyAsync(() -> {
			change(request);
			return LARGE;
		});
	}

	@GetMapping("/sse")
	SseEmitter sse(HttpServletRequest request) {
		SseEmitter emitter = new SseEmitter();
		change(request);
		new Thread(() -> sendTwice(emitter)).start();
		return emitter;
	}

	private static void sendTwice(ResponseBodyEmitter emitter) {
		try {
			emitter.send("one");
			emitter.send("two");
			emitter.complete();
		}
		catch (IOException | RuntimeException ex) {
			emitter.completeWithError(ex);
		}
	}

	@GetMapping("/streaming-response-body")
	@ResponseBody
	StreamingResponseBody streamingResponseBody(HttpServletRequest request) {
		return (stream) -> {
			change(request);
			stream.write(LARGE.getBytes(StandardCharsets.UTF_8));
		};
	}

	@GetMapping("/flush-buffer")
	void flushBuffer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		change(request);
		response.flushBuffer();
		response.getWriter().print("flushed");
	}

	@GetMapping("/stream-flush")
	void streamFlush(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ServletOutputStream stream = response.getOutputStream();
		stream.print("flu");
		change(request);
		stream.flush();
		stream.println("shed");
	}

	@GetMapping("/writer-flush")
	void writerFlush(HttpServletRequest request, HttpServletResponse response) throws IOException {
		PrintWriter writer = response.getWriter();
		writer.print("flu");
		change(request);
		writer.flush();
		writer.append("shed");
	}

	@GetMapping("/writer-check-error")
	void writerCheckError(HttpServletRequest request, HttpServletResponse response) throws IOException {
		PrintWriter writer = response.getWriter();
		change(request);
		writer.print("checked " + writer.checkError());
	}

	@GetMapping("/writer-close")
	void writerClose(HttpServletRequest request, HttpServletResponse response) throws IOException {
		change(request);
		response.getWriter().print("closed");
		response.getWriter().close();
	}

	@GetMapping("/stream-close")
	void streamClose(HttpServletRequest request, HttpServletResponse response) throws IOException {
		change(request);
		response.getOutputStream().print("closed");
		response.getOutputStream().close();
	}

	@GetMapping("/byte-buffer")
	void byteBuffer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		change(request);
		response.getOutputStream().write(ByteBuffer.wrap(bytes(30_000)));
	}

	@GetMapping("/single-write/{length}")
	void singleWrite(@PathVariable int length, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		change(request);
		response.getOutputStream().write(bytes(length));
	}

	@GetMapping("/single-bytes")
	void singleBytes(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ServletOutputStream stream = response.getOutputStream();
		for (int i = 0; i < 1_000; i++) {
			stream.write('x');
		}
		change(request);
		for (int i = 1_000; i < 40_000; i++) {
			stream.write('x');
		}
	}

	@GetMapping("/euros")
	void euros(HttpServletRequest request, HttpServletResponse response) throws IOException {
		change(request);
		response.setContentType("text/plain;charset=UTF-8");
		for (int i = 0; i < 8; i++) {
			response.getWriter().write(KILO_EURO);
		}
	}

	@GetMapping("/printed-euros")
	void printedEuros(HttpServletRequest request, HttpServletResponse response) throws IOException {
		change(request);
		response.setContentType("text/plain;charset=UTF-8");
		for (int i = 0; i < 8; i++) {
			response.getWriter().println(KILO_EURO);
		}
	}

	@GetMapping("/content-length-reached")
	void contentLength(HttpServletRequest request, HttpServletResponse response) throws IOException {
		change(request);
		response.setContentLength(4);
		response.getOutputStream().write(bytes(4));
	}

	@GetMapping("/content-length-header-reached")
	void contentLengthHeader(HttpServletRequest request, HttpServletResponse response) throws IOException {
		change(request);
		response.setHeader("Content-Length", "4");
		response.getOutputStream().write(bytes(4));
	}

	@GetMapping("/content-length-told-late")
	void lateContentLength(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.getOutputStream().write(bytes(4));
		change(request);
		response.setContentLengthLong(4);
	}

	@GetMapping("/send-redirect/{way}")
	void sendRedirect(@PathVariable int way, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		change(request);
		switch (way) {
			case 1 -> response.sendRedirect("/rows/unchanged");
			case 2 -> response.sendRedirect("/rows/unchanged", 307);
			case 3 -> response.sendRedirect("/rows/unchanged", false);
			default -> response.sendRedirect("/rows/unchanged", 307, false);
		}
	}

	@GetMapping("/async-complete")
	void asyncComplete(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext context = request.startAsync();
		new Thread(() -> {
			change(request);
			context.complete();
		}).start();
	}

	@GetMapping("/async-complete-at-once")
	void asyncCompleteAtOnce(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext context = request.startAsync();
		change(request);
		context.complete();
	}

	@GetMapping("/async-complete-by-request")
	void asyncCompleteByRequest(HttpServletRequest request, HttpServletResponse response) {
		request.startAsync(request, response);
		change(request);
		new Thread(() -> request.getAsyncContext().complete()).start();
	}

	@GetMapping("/async-write")
	void asyncWrite(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext context = request.startAsync();
		new Thread(() -> {
			change(request);
			try {
				context.getResponse().getOutputStream().write(bytes(30_000));
				context.complete();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}).start();
	}

	@GetMapping("/async-dispatch")
	void asyncDispatch(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext context = request.startAsync();
		change(request);
		context.dispatch("/rows/unchanged");
	}

	@GetMapping("/async-timeout-completed")
	void asyncTimeout(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext context = request.startAsync();
		context.setTimeout(100);
		context.addListener(new TimeoutListener(() -> change(request)));
	}

	@GetMapping("/write-listener")
	void writeListener(HttpServletRequest request, HttpServletResponse response) throws IOException {
		AsyncContext context = request.startAsync();
		ServletOutputStream stream = response.getOutputStream();
		stream.setWriteListener(new WriteListener() {

			private int rest = 40;

			@Override
			public void onWritePossible() throws IOException {
				while (stream.isReady()) {
					if (this.rest-- == 40) {
						change(request);
					}
					if (this.rest < 0) {
						context.complete();
						return;
					}
					stream.write(bytes(1_000));
				}
			}

			@Override
			public void onError(Throwable ex) {
				context.complete();
			}

		});
	}

	@GetMapping("/reset-after-change")
	void resetAfterChange(HttpServletRequest request, HttpServletResponse response) throws IOException {
		RequestSessions.of(request).increment("row");
		response.addHeader("X-Other", "cleared");
		response.getWriter().print("cleared");
		response.reset();
		response.getWriter().print("reset");
	}

	@GetMapping("/reset-buffer")
	void resetBuffer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.getOutputStream().write(bytes(3_000));
		change(request);
		response.getOutputStream().write(bytes(3_000));
		response.resetBuffer();
		response.getOutputStream().write(bytes(4));
	}

	@GetMapping("/reset-after-flush")
	void resetAfterFlush(HttpServletRequest request, HttpServletResponse response) throws IOException {
		change(request);
		response.flushBuffer();
		try {
			response.reset();
		}
		catch (IllegalStateException ex) {
			response.getWriter().print("refused");
		}
	}

	@GetMapping("/set-cookie-overwritten")
	void setCookie(HttpServletRequest request, HttpServletResponse response) throws IOException {
		RequestSessions.of(request).increment("row");
		response.setHeader("Set-Cookie", "other=1");
		response.getWriter().print("other");
	}

	@Controller
	static class ErrorPage implements ErrorController {

		@RequestMapping("/error")
		@ResponseBody
		String error(HttpServletRequest request) {
			if (String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)).contains("error-page")) {
				change(request);
			}
			return "error " + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Web implements WebMvcConfigurer {

		@Override
		public void addInterceptors(InterceptorRegistry registry) {
			registry.addInterceptor(new HandlerInterceptor() {

				@Override
				public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
					change(request);
					return true;
				}

			}).addPathPatterns("/file.txt");
		}

		@Bean
		ServletRegistrationBean<PlainServlet> plainServlet() {
			return new ServletRegistrationBean<>(new PlainServlet(), "/plain/*");
		}

		@Bean
		FilterRegistrationBean<ShallowEtagHeaderFilter> inside() {
			return etagFilter("inside", Ordered.LOWEST_PRECEDENCE);
		}

		@Bean
		FilterRegistrationBean<ShallowEtagHeaderFilter> outside() {
			return etagFilter("outside", Ordered.HIGHEST_PRECEDENCE);
		}

		private static FilterRegistrationBean<ShallowEtagHeaderFilter> etagFilter(String name, int order) {
			FilterRegistrationBean<ShallowEtagHeaderFilter> registration = new FilterRegistrationBean<>(
					new ShallowEtagHeaderFilter());
			registration.setName(name);
			registration.addUrlPatterns("/rows/etag-" + name + "/*");
			registration.setOrder(order);
			return registration;
		}

	}

	/**
	 * Spring MVC wraps the streams of its handlers once more, and makes arrays of all
	 * that they write.
	 */
	static class PlainServlet extends HttpServlet {

		private static final long serialVersionUID = 1L;

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			change(request);
			switch (request.getPathInfo()) {
				case "/byte-buffer" -> response.getOutputStream().write(ByteBuffer.wrap(bytes(30_000)));
				case "/array" -> response.getOutputStream().write(bytes(30_000));
				case "/array-part" -> response.getOutputStream().write(bytes(40_000), 10, 30_000);
				case "/print" -> response.getOutputStream().print("x".repeat(30_000));
				default -> response.getWriter().write("x".repeat(30_000).toCharArray());
			}
		}

	}

}
