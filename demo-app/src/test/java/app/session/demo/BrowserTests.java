package app.session.demo;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo's page in a real browser. Skipped where there is none.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class BrowserTests {

	private static ChromeDriver browser;

	@LocalServerPort
	private int port;

	@BeforeAll
	static void openBrowser() throws Exception {
		browser = Chromium.open();
	}

	@AfterAll
	static void closeBrowser() {
		if (browser != null) {
			browser.quit();
		}
	}

	@BeforeEach
	void forgetCookies() {
		browser.executeCdpCommand("Network.clearBrowserCookies", Map.of());
	}

	@Test
	void countsEachVisit() throws Exception {
		visit();
		assertThat(sentence()).isEqualTo("Welcome here for the first time!");
		press("visit");
		assertThat(sentence()).isEqualTo("You've visited this page 2 times!");
		browser.navigate().refresh();
		assertThat(sentence()).isEqualTo("You've visited this page 3 times!");
		screenshot("demo-page.png");
	}

	@Test
	void startsOver() {
		visit();
		visit();
		Cookie before = onlyCookie();
		String handle = handle();
		press("start-over");
		assertThat(sentence()).isEqualTo("Welcome here for the first time!");
		assertThat(browser.getCurrentUrl()).isEqualTo(url());
		assertThat(onlyCookie().getValue()).isNotEqualTo(before.getValue());
		assertThat(handle()).isNotEqualTo(handle);
	}

	@Test
	void theCookieIsOutOfReachOfScripts() {
		visit();
		Cookie cookie = onlyCookie();
		assertThat(cookie.isHttpOnly()).isTrue();
		assertThat(cookie.getSameSite()).isEqualTo("Lax");
		assertThat(cookie.getPath()).isEqualTo("/");
		assertThat(cookie.getExpiry()).isNull();
		assertThat(browser.executeScript("return document.cookie")).isEqualTo("");
	}

	@Test
	void theCookieIsNotTheHandle() {
		visit();
		assertThat(handle()).hasSize(22).isNotEqualTo(onlyCookie().getValue());
		assertThat(browser.getPageSource()).doesNotContain(onlyCookie().getValue());
	}

	@Test
	void thePageObeysItsOwnSecurityPolicy() {
		visit();
		press("visit");
		press("start-over");
		assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).extracting(LogEntry::getMessage).isEmpty();
		assertThat(browser.executeScript("return getComputedStyle(document.querySelector('main')).borderRadius"))
			.isEqualTo("20px");
		assertThat(browser.findElement(By.tagName("time")).getText()).isNotEmpty().doesNotEndWith("UTC");
	}

	@Test
	void isDarkForWhoPrefersIt() throws Exception {
		visit();
		String light = background();
		prefer("dark");
		try {
			assertThat(background()).isNotEqualTo(light);
			screenshot("demo-page-dark.png");
		}
		finally {
			prefer("light");
		}
		assertThat(background()).isEqualTo(light);
	}

	private void prefer(String scheme) {
		browser.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	private String background() {
		return browser.findElement(By.tagName("main")).getCssValue("background-color");
	}

	private String url() {
		return "http://localhost:" + this.port + "/";
	}

	private void visit() {
		browser.get(url());
	}

	private String sentence() {
		return browser.findElement(By.tagName("h1")).getText();
	}

	private String handle() {
		return browser.findElement(By.tagName("code")).getText();
	}

	private void press(String button) {
		Chromium.press(browser, browser.findElement(By.id(button)));
	}

	private Cookie onlyCookie() {
		Set<Cookie> cookies = browser.manage().getCookies();
		assertThat(cookies).hasSize(1);
		return cookies.iterator().next();
	}

	private void screenshot(String name) throws Exception {
		Chromium.screenshot(browser, name);
	}

}
