package app.session.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The real browser of the tests.
 */
final class Chromium {

	private static final File BROWSER = new File("/usr/bin/chromium");

	private static final File DRIVER = new File("/usr/bin/chromedriver");

	private static final Path TARGET = Path.of("target");

	private static final Duration LOADED_WITHIN = Duration.ofSeconds(30);

	// It warns of every browser that is newer than itself
	private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

	private Chromium() {
	}

	/**
	 * Opens a browser with a profile of its own. Where there is none, the test is
	 * skipped.
	 */
	static ChromeDriver open() throws IOException {
		assumeTrue(BROWSER.canExecute() && DRIVER.canExecute(),
				"No browser: " + BROWSER + " and " + DRIVER + " are needed (packages chromium and chromium-driver)");
		SELENIUM.setLevel(Level.SEVERE);
		Files.createDirectories(TARGET);
		Path profile = Files.createTempDirectory(TARGET.toAbsolutePath(), "browser-");
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(BROWSER);
		options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--window-size=1000,800", "--user-data-dir=" + profile);
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER)
			.usingAnyFreePort()
			.build();
		return new ChromeDriver(service, options);
	}

	static void press(ChromeDriver browser, WebElement button) {
		leave(browser, button::click);
	}

	/**
	 * Does what leads to another page and waits for that: the driver itself waits only if
	 * it sees the old one leave in time.
	 */
	static void leave(ChromeDriver browser, Runnable action) {
		browser.executeScript("document.old = true");
		action.run();
		new WebDriverWait(browser, LOADED_WITHIN).ignoring(WebDriverException.class)
			.until((driver) -> browser.executeScript("return !document.old && document.readyState === 'complete'")
				.equals(true));
	}

	static void screenshot(ChromeDriver browser, String name) throws IOException {
		Files.write(TARGET.resolve(name), browser.getScreenshotAs(OutputType.BYTES));
	}

}
