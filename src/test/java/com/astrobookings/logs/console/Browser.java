package com.astrobookings.logs.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium of the machine. Tests that open one are skipped where none is installed. */
final class Browser implements AutoCloseable {

  private static final String CHROMIUM = onPath("chromium", "chromium-browser", "google-chrome");
  private static final String DRIVER = onPath("chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts it with a profile of its own, 1280 by 800 pixels and light. */
  static Browser open() {
    assumeTrue(
        CHROMIUM != null && DRIVER != null,
        "SKIPPED: the console is not tested in a browser, because there is no chromium or no"
            + " chromedriver on the PATH (Debian: apt-get install chromium chromium-driver)");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--lang=en",
        "--user-data-dir=" + temporaryFolder());
    LoggingPreferences messages = new LoggingPreferences();
    messages.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", messages);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(Objects.requireNonNull(DRIVER)))
            .usingAnyFreePort()
            .build();
    Browser browser = new Browser(new ChromeDriver(service, options));
    browser.resize(1280, 800);
    return browser;
  }

  private static String onPath(String... names) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .flatMap(folder -> Arrays.stream(names).map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(null);
  }

  private static String temporaryFolder() {
    try {
      return Files.createTempDirectory("chromium").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Lets pages see the system as light or dark. */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Opens an address in a tab of its own, which has no key. */
  void open(String address) {
    String before = driver.getWindowHandle();
    driver.switchTo().newWindow(org.openqa.selenium.WindowType.TAB);
    String opened = driver.getWindowHandle();
    driver.switchTo().window(before).close();
    driver.switchTo().window(opened);
    resize(1280, 800);
    driver.get(address);
    driver.executeScript("localStorage.clear()");
  }

  String address() {
    return Objects.requireNonNull(driver.getCurrentUrl());
  }

  void back() {
    driver.navigate().back();
  }

  void forward() {
    driver.navigate().forward();
  }

  WebElement find(String selector) {
    await(selector + " is there", page -> !page.all(selector).isEmpty());
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Returns the text of an element; empty if there is none. */
  String text(String selector) {
    Object text =
        js("return document.querySelector(arguments[0])?.innerText?.trim() ?? ''", selector);
    return String.valueOf(text);
  }

  @SuppressWarnings("unchecked")
  List<String> texts(String selector) {
    return (List<String>)
        Objects.requireNonNull(
            js(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())",
                selector));
  }

  void click(String selector) {
    await(
        selector + " can be clicked",
        page -> {
          List<WebElement> found = page.all(selector);
          if (found.isEmpty() || !found.getFirst().isDisplayed()) {
            return false;
          }
          new Actions(driver).scrollToElement(found.getFirst()).perform();
          found.getFirst().click();
          return true;
        });
  }

  /** Presses keys one after the other, wherever the focus is. */
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void type(String selector, String text) {
    WebElement field = find(selector);
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    field.sendKeys(text);
  }

  /** Drags from one place in an element to another; places are shares of its width. */
  void drag(String selector, double from, double to) {
    WebElement element = find(selector);
    int width = element.getSize().getWidth();
    new Actions(driver)
        .moveToElement(element, (int) (width * (from - 0.5)), 0)
        .clickAndHold()
        .moveToElement(element, (int) (width * ((from + to) / 2 - 0.5)), 2)
        .moveToElement(element, (int) (width * (to - 0.5)), 2)
        .release()
        .perform();
  }

  Object js(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  Object later(String script, Object... arguments) {
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return driver.executeAsyncScript(script, arguments);
  }

  /** Waits until something holds. */
  void await(String what, Predicate<Browser> holds) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(100))
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> what + "\n" + text("body"))
        .until(_ -> holds.test(this));
  }

  /** Waits until nothing is being read. */
  void awaitIdle() {
    await(
        "everything has been read",
        page ->
            Boolean.TRUE.equals(
                page.js(
                    """
                    return document.querySelector('header') !== null
                      && document.querySelector('[aria-busy="true"]') === null
                      && !document.body.innerText.includes('Counting …')\
                    """)));
  }

  /** Returns what the console of the browser has said since the last call. */
  List<String> messages() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  /** Returns what axe objects to on the present page, each with the elements. */
  @SuppressWarnings("unchecked")
  List<String> violations() {
    driver.executeScript(axe());
    return (List<String>)
        Objects.requireNonNull(
            later(
                """
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(
                  ({violations}) => done(violations.map(({id, nodes}) => id + ': '
                    + nodes.map((node) => node.target + ' ' + node.failureSummary).join(' | '))),
                  (failure) => done([String(failure)]));
                """));
  }

  private static String axe() {
    try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] screenshot() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
