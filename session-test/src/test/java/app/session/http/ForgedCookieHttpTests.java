package app.session.http;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import app.session.peers.Expectation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cookies that we did not make: no error, no store call, a fresh visitor.
 */
class ForgedCookieHttpTests extends HttpTests {

	private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	private String name = "";

	private String value = "";

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { TestApplication.class, BudgetHttpTests.Counting.class };
	}

	@BeforeAll
	void aValidCookie() {
		Browser browser = browser();
		browser.get("/count");
		String cookie = browser.cookie();
		assertThat(cookie).isNotNull();
		this.name = cookie.substring(0, cookie.indexOf('='));
		this.value = cookie.substring(cookie.indexOf('=') + 1);
		assertThat(this.value).hasSize(108);
		bean(CountingRepository.class).takeCalls();
	}

	private void refused(List<String> values) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			List<Callable<Void>> tasks = new ArrayList<>();
			for (List<String> part : List.of(values.subList(0, values.size() / 2),
					values.subList(values.size() / 2, values.size()))) {
				Browser browser = browser();
				tasks.add(() -> {
					for (String forged : part) {
						browser.cookie(this.name + "=" + forged);
						HttpResponse<String> response = Browser.await(browser.send("/whole"));
						assertThat(response.statusCode()).as(forged).isEqualTo(200);
						assertThat(response.body()).as(forged).isEqualTo("null {}");
						assertThat(Browser.setCookies(response)).as(forged).isEmpty();
					}
					return null;
				});
			}
			for (Future<Void> task : executor.invokeAll(tasks)) {
				task.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(bean(CountingRepository.class).takeCalls()).isEmpty();
	}

	@Test
	void everyChangeOfASingleBitIsRefused() throws Exception {
		byte[] bytes = Base64.getUrlDecoder().decode(this.value);
		List<String> forged = new ArrayList<>();
		for (int bit = 0; bit < bytes.length * 8; bit++) {
			byte[] copy = bytes.clone();
			copy[bit / 8] ^= (byte) (1 << (bit % 8));
			forged.add(Base64.getUrlEncoder().withoutPadding().encodeToString(copy));
		}
		assertThat(forged).hasSize(81 * 8);
		refused(forged);
	}

	@Test
	void everyChangeOfASingleCharacterIsRefused() throws Exception {
		List<String> forged = new ArrayList<>();
		for (int i = 0; i < this.value.length(); i++) {
			for (char other : (ALPHABET + "+/=.*").toCharArray()) {
				if (other != this.value.charAt(i)) {
					forged.add(this.value.substring(0, i) + other + this.value.substring(i + 1));
				}
			}
		}
		refused(forged);
	}

	@Test
	@Expectation({ "c.9", "c.15" })
	void tenThousandRandomCookiesAreRefused() throws Exception {
		Random random = new Random(42);
		List<String> forged = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			int length = (i % 2 == 0) ? 108 : random.nextInt(300);
			StringBuilder value = new StringBuilder();
			for (int c = 0; c < length; c++) {
				value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
			}
			forged.add(value.toString());
		}
		refused(forged);
	}

	@Test
	@Expectation("c.15")
	void afterAForgedCookieTheFirstWriteMakesAnotherSession() {
		Browser browser = browser();
		browser.cookie(this.name + "=" + this.value.substring(0, 107) + ((this.value.charAt(107) == 'A') ? 'B' : 'A'));
		assertThat(browser.get("/count").body()).isEqualTo("1");
		assertThat(browser.cookie()).isNotNull().doesNotContain(this.value.substring(0, 30));
		assertThat(bean(CountingRepository.class).takeCalls()).containsExactly("create");
	}

	@Test
	void theValidCookieIsStillValid() {
		Browser browser = browser();
		browser.cookie(this.name + "=" + this.value);
		assertThat(browser.get("/whole").body()).isEqualTo("null {views=1}");
		bean(CountingRepository.class).takeCalls();
	}

}
