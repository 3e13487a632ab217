package app.session.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import app.session.Sessions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The second demo in a real browser: a device is a browser with a profile of its own, and
 * so with cookies of its own. Skipped where there is none.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(MovableClock.Configuration.class)
class DevicesBrowserTests {

	private static final String DEVICES = "/devices";

	private static final String LOGIN = "/devices/login";

	private static final List<ChromeDriver> BROWSERS = new ArrayList<>();

	@LocalServerPort
	private int port;

	@Autowired
	private Sessions sessions;

	@Autowired
	private MovableClock clock;

	@BeforeAll
	static void openBrowsers() throws IOException {
		BROWSERS.add(Chromium.open());
		BROWSERS.add(Chromium.open());
	}

	@AfterAll
	static void closeBrowsers() {
		BROWSERS.forEach(ChromeDriver::quit);
		BROWSERS.clear();
	}

	@AfterEach
	void forget() {
		this.clock.back();
		this.sessions.revokeAll("alice");
		this.sessions.revokeAll("bob");
		for (ChromeDriver browser : BROWSERS) {
			browser.executeCdpCommand("Network.clearBrowserCookies", Map.of());
		}
	}

	private Window first() {
		return new Window(BROWSERS.get(0), "http://localhost:" + this.port);
	}

	private Window second() {
		return new Window(BROWSERS.get(1), "http://localhost:" + this.port);
	}

	@Test
	void oneLogsTheOtherOut() throws Exception {
		Window here = first().logIn("alice", "wonderland");
		Window there = second().logIn("alice", "wonderland");
		here.visit(DEVICES);
		assertThat(here.devices()).containsExactly("Chrome on Linux this one", "Chrome on Linux");
		assertThat(there.devices()).containsExactly("Chrome on Linux", "Chrome on Linux this one");
		Chromium.screenshot(here.browser(), "demo-devices.png");
		here.logOut(1);
		assertThat(here.path()).isEqualTo(DEVICES);
		assertThat(here.devices()).containsExactly("Chrome on Linux this one");
		there.logOut(0);
		assertThat(there.path()).isEqualTo(LOGIN);
		there.visit(DEVICES);
		assertThat(there.path()).isEqualTo(LOGIN);
		here.visit(DEVICES);
		assertThat(here.devices()).hasSize(1);
	}

	@Test
	void oneLogsAllOthersOutAndStays() {
		Window here = first().logIn("alice", "wonderland");
		Window there = second().logIn("alice", "wonderland");
		here.press("end-others");
		assertThat(here.devices()).containsExactly("Chrome on Linux this one");
		there.visit(DEVICES);
		assertThat(there.path()).isEqualTo(LOGIN);
	}

	@Test
	void oneLogsAllOutAndItselfToo() {
		Window here = first().logIn("alice", "wonderland");
		Window there = second().logIn("alice", "wonderland");
		here.press("end-all");
		assertThat(here.path()).isEqualTo(LOGIN);
		assertThat(here.notice()).isEqualTo("You are logged out.");
		here.visit(DEVICES);
		assertThat(here.path()).isEqualTo(LOGIN);
		there.visit(DEVICES);
		assertThat(there.path()).isEqualTo(LOGIN);
	}

	@Test
	void oneLogsItselfOutAndTheOtherStays() {
		Window here = first().logIn("alice", "wonderland");
		Window there = second().logIn("alice", "wonderland");
		Cookie before = there.browser().manage().getCookieNamed("session");
		there.logOut(1);
		assertThat(there.path()).isEqualTo(LOGIN);
		assertThat(there.browser().manage().getCookieNamed("session")).isNotEqualTo(before);
		here.visit(DEVICES);
		assertThat(here.devices()).containsExactly("Chrome on Linux this one");
	}

	@Test
	void nobodySeesTheDevicesOfAnother() {
		Window alice = first().logIn("alice", "wonderland");
		Window bob = second().logIn("bob", "toolbox");
		assertThat(bob.devices()).containsExactly("Chrome on Linux this one");
		assertThat(bob.browser().getPageSource()).doesNotContain("alice");
		bob.press("end-others");
		bob.press("end-all");
		alice.visit(DEVICES);
		assertThat(alice.devices()).containsExactly("Chrome on Linux this one");
		assertThat(alice.browser().getPageSource()).doesNotContain("bob");
	}

	@Test
	void thePasswordIsAskedForAgainBeforeOthersAreLoggedOut() throws Exception {
		Window here = first().logIn("alice", "wonderland");
		Window there = second().logIn("alice", "wonderland");
		this.clock.advance(Duration.ofMinutes(6));
		here.press("end-others");
		assertThat(here.path()).isEqualTo(LOGIN);
		assertThat(here.notice()).startsWith("You are logged in as alice");
		Chromium.screenshot(here.browser(), "demo-login-again.png");
		there.visit(DEVICES);
		assertThat(there.devices()).hasSize(2);
		this.clock.back();
		here.browser().switchTo().activeElement().sendKeys("wonderland");
		here.press("log-in");
		assertThat(here.devices()).hasSize(2);
		here.press("end-others");
		assertThat(here.devices()).hasSize(1);
		there.visit(DEVICES);
		assertThat(there.path()).isEqualTo(LOGIN);
	}

	@Test
	void theKeyboardIsEnough() throws Exception {
		Window here = first();
		here.visit("/");
		here.press("devices");
		assertThat(here.path()).isEqualTo(LOGIN);
		assertThat(here.browser().findElement(By.id("username")).getAccessibleName()).isEqualTo("Name");
		assertThat(here.browser().findElement(By.id("password")).getAccessibleName()).isEqualTo("Password");
		Chromium.screenshot(here.browser(), "demo-login.png");
		here.browser().switchTo().activeElement().sendKeys("alice", Keys.TAB);
		WebElement password = here.browser().switchTo().activeElement();
		Chromium.leave(here.browser(), () -> password.sendKeys("wonderland", Keys.ENTER));
		assertThat(here.devices()).hasSize(1);
		assertThat(here.browser().findElement(By.cssSelector(".devices button")).getAccessibleName())
			.isEqualTo("Log out Chrome on Linux");
		here.press("views");
		assertThat(here.path()).isEqualTo("/");
	}

	@Test
	void thePagesObeyTheSecurityPolicyAndFitASmallScreenInTheDarkToo() throws Exception {
		Window here = first();
		ChromeDriver browser = here.browser();
		browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", 320, "height", 700, "deviceScaleFactor", 2, "mobile", true));
		browser.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
		try {
			here.visit(LOGIN + "?error");
			assertFits(browser);
			Chromium.screenshot(browser, "demo-login-small-dark.png");
			here.logIn("alice", "wonderland");
			second().logIn("alice", "wonderland");
			here.visit(DEVICES);
			assertFits(browser);
			assertThat(browser.findElement(By.tagName("time")).getText()).isNotEmpty().doesNotEndWith("UTC");
			assertThat(browser.findElement(By.tagName("main")).getCssValue("background-color"))
				.isEqualTo("rgba(25, 28, 39, 1)");
			Chromium.screenshot(browser, "demo-devices-small-dark.png");
			here.press("end-all");
		}
		finally {
			browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
			browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
		}
		assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).extracting(LogEntry::getMessage).isEmpty();
	}

	private static void assertFits(ChromeDriver browser) {
		assertThat(browser.executeScript("return document.documentElement.scrollWidth")).isEqualTo(320L);
	}

	/** What a visitor sees and does in one of the browsers. */
	private record Window(ChromeDriver browser, String server) {

		void visit(String path) {
			this.browser.get(this.server + path);
		}

		Window logIn(String user, String password) {
			visit(LOGIN);
			this.browser.findElement(By.id("username")).sendKeys(user);
			this.browser.findElement(By.id("password")).sendKeys(password);
			press("log-in");
			assertThat(path()).isEqualTo(DEVICES);
			return this;
		}

		void press(String id) {
			Chromium.press(this.browser, this.browser.findElement(By.id(id)));
		}

		/** Presses the button of one of the devices. */
		void logOut(int device) {
			Chromium.press(this.browser, this.browser.findElements(By.cssSelector(".devices button")).get(device));
		}

		List<String> devices() {
			return this.browser.findElements(By.cssSelector(".devices h3")).stream().map(WebElement::getText).toList();
		}

		String notice() {
			return this.browser.findElement(By.className("notice")).getText();
		}

		String path() {
			String url = String.valueOf(this.browser.getCurrentUrl());
			assertThat(url).startsWith(this.server);
			return url.substring(this.server.length()).replaceFirst("\\?.*", "");
		}

	}

}
