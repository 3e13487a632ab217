package app.session.demo;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo as its visitors see it, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class DemoApplicationTests {

	private static final String WELCOME = "Welcome here for the first time!";

	@LocalServerPort
	private int port;

	@Test
	void countsTheVisitsOfOneVisitor() throws Exception {
		Visitor visitor = new Visitor();
		assertThat(visitor.visit()).isEqualTo(WELCOME);
		assertThat(visitor.visit()).isEqualTo("You've visited this page 2 times!");
		assertThat(visitor.visit()).isEqualTo("You've visited this page 3 times!");
	}

	@Test
	void everyVisitorHasTheirOwnCount() throws Exception {
		Visitor first = new Visitor();
		first.visit();
		first.visit();
		assertThat(new Visitor().visit()).isEqualTo(WELCOME);
		assertThat(first.visit()).isEqualTo("You've visited this page 3 times!");
	}

	@Test
	void whoKeepsNoCookieIsNewEachTime() throws Exception {
		assertThat(new Visitor().visit()).isEqualTo(WELCOME);
		assertThat(new Visitor().visit()).isEqualTo(WELCOME);
	}

	@Test
	void theFirstVisitAloneSetsTheCookie() throws Exception {
		Visitor visitor = new Visitor();
		HttpResponse<String> first = visitor.get("/", "*/*");
		assertThat(first.headers().allValues("set-cookie")).singleElement()
			.asString()
			.contains("; HttpOnly", "; SameSite=Lax", "; Path=/")
			.doesNotContain("Domain", "Max-Age", "Expires");
		assertThat(visitor.get("/", "*/*").headers().allValues("set-cookie")).isEmpty();
	}

	@Test
	void plainTextForCurlAndAPageForABrowser() throws Exception {
		Visitor visitor = new Visitor();
		assertThat(visitor.get("/", "*/*").headers().firstValue("content-type")).hasValue("text/plain;charset=UTF-8");
		HttpResponse<String> page = visitor.get("/", "text/html,application/xhtml+xml,*/*;q=0.8");
		assertThat(page.headers().firstValue("content-type")).hasValue("text/html;charset=UTF-8");
		assertThat(page.body()).contains("You&#39;ve visited this page 2 times!");
	}

	@Test
	void whatBelongsToThePageIsNoVisit() throws Exception {
		Visitor visitor = new Visitor();
		for (String path : new String[] { "/style.css", "/local-time.js", "/favicon.svg" }) {
			HttpResponse<String> response = visitor.get(path, "*/*");
			assertThat(response.statusCode()).as(path).isEqualTo(200);
			assertThat(response.headers().allValues("set-cookie")).as(path).isEmpty();
		}
		HttpResponse<String> head = visitor.send(visitor.request("/").method("HEAD", BodyPublishers.noBody()));
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.headers().allValues("set-cookie")).isEmpty();
		assertThat(visitor.visit()).isEqualTo(WELCOME);
	}

	@Test
	void startingOverForgetsTheVisitor() throws Exception {
		Visitor visitor = new Visitor();
		visitor.visit();
		visitor.visit();
		HttpResponse<String> startOver = visitor.send(visitor.request("/start-over").POST(BodyPublishers.noBody()));
		assertThat(startOver.statusCode()).isEqualTo(303);
		assertThat(startOver.headers().firstValue("location")).hasValue("/");
		assertThat(visitor.cookies.getCookieStore().getCookies()).isEmpty();
		assertThat(visitor.visit()).isEqualTo(WELCOME);
	}

	@Test
	void theOldCookieIsWorthNothingAfterStartingOver() throws Exception {
		Visitor visitor = new Visitor();
		visitor.visit();
		HttpCookie cookie = visitor.cookies.getCookieStore().getCookies().get(0);
		visitor.send(visitor.request("/start-over").POST(BodyPublishers.noBody()));
		Visitor thief = new Visitor();
		HttpRequest.Builder request = thief.request("/").header("Cookie", cookie.getName() + "=" + cookie.getValue());
		assertThat(thief.send(request).body()).isEqualTo(WELCOME);
	}

	@Test
	void aForgedCookieIsAFreshVisitor() throws Exception {
		Visitor visitor = new Visitor();
		visitor.visit();
		HttpCookie cookie = visitor.cookies.getCookieStore().getCookies().get(0);
		char first = (cookie.getValue().charAt(60) != 'A') ? 'A' : 'B';
		String forged = cookie.getValue().substring(0, 60) + first + cookie.getValue().substring(61);
		Visitor forger = new Visitor();
		HttpResponse<String> response = forger
			.send(forger.request("/").header("Cookie", cookie.getName() + "=" + forged));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(WELCOME);
	}

	/**
	 * A client with a cookie jar of its own.
	 */
	private final class Visitor {

		private final CookieManager cookies = new CookieManager();

		private final HttpClient client = HttpClient.newBuilder()
			.cookieHandler(this.cookies)
			.followRedirects(Redirect.NEVER)
			.build();

		String visit() throws IOException, InterruptedException {
			return get("/", "*/*").body();
		}

		HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
			return send(request(path).header("Accept", accept));
		}

		HttpRequest.Builder request(String path) {
			return HttpRequest.newBuilder(URI.create("http://localhost:" + DemoApplicationTests.this.port + path));
		}

		HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
			return this.client.send(request.build(), BodyHandlers.ofString());
		}

	}

}
