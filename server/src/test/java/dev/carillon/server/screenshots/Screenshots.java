package dev.carillon.server.screenshots;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import dev.carillon.server.browser.Chromium;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Takes the pictures in docs/screenshots from a running demo; docs/screenshots/take.sh runs it. */
public final class Screenshots {
  private static final Viewport LAPTOP = new Viewport(1280, 860, ColorScheme.LIGHT);
  private static final Viewport TALL = new Viewport(1280, 1430, ColorScheme.LIGHT);
  private static final Viewport PHONE = new Viewport(390, 844, ColorScheme.DARK);

  private static final List<Shot> SHOTS =
      List.of(
          new Shot("overview", "/", LAPTOP),
          new Shot("campaigns", "/campaigns", LAPTOP),
          new Shot("compare", "/campaigns/compare?id=1&id=2&id=3", LAPTOP),
          new Shot("wizard-when", "/campaigns/7/edit/when", LAPTOP),
          new Shot("wizard-who", "/campaigns/7/edit/who", LAPTOP),
          new Shot("wizard-what", "/campaigns/7/edit/what", LAPTOP),
          new Shot("wizard-what-test", "/campaigns/7/edit/what", TALL)
              .once(page -> page.check("[name=kind][value=test]")),
          new Shot("wizard-labels", "/campaigns/7/edit/labels", LAPTOP),
          new Shot("wizard-overview", "/campaigns/7/edit/overview", LAPTOP),
          new Shot("wizard-what-phone-dark", "/campaigns/7/edit/what", PHONE),
          new Shot("segment-builder", "/segments/1/edit", LAPTOP),
          new Shot("list", "/lists/1", LAPTOP),
          new Shot("statistics", "/campaigns/1", LAPTOP),
          new Shot("statistics-whole", "/campaigns/1", LAPTOP).asWhole(),
          new Shot("people", "/campaigns/1/people?set=replied", LAPTOP),
          new Shot("person", "/people?q=user-011736", TALL).once(Screenshots::openPerson),
          new Shot("import", "/people/imports", LAPTOP).once(Screenshots::chooseImport),
          new Shot("settings", "/settings", LAPTOP).asWhole(),
          new Shot("connection", "/connections/1", LAPTOP),
          new Shot("statistics-phone-dark", "/campaigns/1", PHONE));

  private Screenshots() {}

  /**
   * @param arguments address of the demo, password of its login admin, folder for the pictures
   */
  public static void main(String[] arguments) {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("needs three arguments: ADDRESS PASSWORD FOLDER");
    }
    Path folder = Path.of(arguments[2]);
    try (Playwright playwright = Chromium.playwright();
        Browser browser = Chromium.launch(playwright)) {
      draft(browser, arguments[0], arguments[1]);
      list(browser, arguments[0], arguments[1]);
      for (Shot shot : SHOTS) {
        take(browser, arguments[0], arguments[1], shot, folder);
      }
    }
  }

  /** Makes the draft that the wizard is shown with: a copy of the first campaign, every Monday. */
  private static void draft(Browser browser, String address, String password) {
    try (BrowserContext context = browser.newContext();
        Page page = context.newPage()) {
      logIn(page, address, password);
      page.navigate(address + "/campaigns/1");
      page.click("form[action$='/clone'] button");
      page.waitForLoadState(LoadState.LOAD);
      page.navigate(page.url().replaceAll("/edit/.*", "/edit/when"));
      page.check("[name=when][value=recurring]");
      page.click("[name=then][value=next]");
      page.waitForLoadState(LoadState.LOAD);
    }
  }

  /** Brings in a list with a duplicate and with somebody unknown. */
  private static void list(Browser browser, String address, String password) {
    String rows =
        IntStream.range(0, 400)
            .mapToObj(i -> "user-%06d".formatted(10_000 + 7 * i))
            .collect(Collectors.joining("\n", "identity\n", "\nuser-010000\nnobody-yet\n"));
    try (BrowserContext context = browser.newContext();
        Page page = context.newPage()) {
      logIn(page, address, password);
      page.navigate(address + "/lists/new");
      page.fill("[name=title]", "Invited to the opening");
      page.setInputFiles("[name=file]", file("invited.csv", rows));
      page.click("form[enctype] .btn-primary");
      page.waitForLoadState(LoadState.LOAD);
    }
  }

  private static FilePayload file(String name, String rows) {
    return new FilePayload(name, "text/csv", rows.getBytes(StandardCharsets.UTF_8));
  }

  private static void openPerson(Page page) {
    page.click("#found tbody a");
    page.waitForLoadState(LoadState.LOAD);
  }

  /** Chooses a file, and so comes to the question of what its columns become. */
  private static void chooseImport(Page page) {
    page.setInputFiles(
        "[name=file]",
        file(
            "customers.csv",
            """
            Customer id,Mobile,Mail,City,Newsletter
            c-2001,+919800012001,asha@example.org,Pune,yes
            c-2002,+919800012002,imran@example.org,Mumbai,no
            """));
    page.click("form[enctype] .btn-primary");
    page.waitForLoadState(LoadState.LOAD);
  }

  private static void logIn(Page page, String address, String password) {
    page.navigate(address + "/login");
    page.fill("input[name=username]", "admin");
    page.fill("input[name=password]", password);
    page.click("button[type=submit]");
    page.waitForLoadState(LoadState.DOMCONTENTLOADED);
  }

  private static void take(
      Browser browser, String address, String password, Shot shot, Path folder) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setViewportSize(shot.viewport.width, shot.viewport.height)
            .setColorScheme(shot.viewport.colours)
            .setReducedMotion(ReducedMotion.REDUCE)
            .setLocale("en-GB");
    try (BrowserContext context = browser.newContext(options);
        Page page = context.newPage()) {
      logIn(page, address, password);
      page.navigate(address + shot.path);
      page.waitForLoadState(LoadState.LOAD);
      drawn(page);
      shot.after.accept(page);
      drawn(page);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(folder.resolve(shot.name + ".png"))
              .setFullPage(shot.whole));
    }
  }

  /** Waits until each chart on the page has drawn itself. */
  private static void drawn(Page page) {
    page.waitForFunction(
        "() => [...document.querySelectorAll('[data-chart]')].every(c =>"
            + " c.querySelector('canvas')) && !document.querySelector('.htmx-request')");
  }

  private record Viewport(int width, int height, ColorScheme colours) {}

  /**
   * @param whole whether the whole page is in the picture, not only what the window shows
   * @param after what is done on the page before
   */
  private record Shot(
      String name, String path, Viewport viewport, boolean whole, Consumer<Page> after) {
    private Shot(String name, String path, Viewport viewport) {
      this(name, path, viewport, false, _ -> {});
    }

    private Shot asWhole() {
      return new Shot(name, path, viewport, true, after);
    }

    private Shot once(Consumer<Page> action) {
      return new Shot(name, path, viewport, whole, action);
    }
  }
}
