package dev.carillon.server.screenshots;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import dev.carillon.server.pages.Chromium;
import java.nio.file.Path;
import java.util.List;

/** Takes the pictures in docs/screenshots from a running demo; docs/screenshots/take.sh runs it. */
public final class Screenshots {
  private static final Viewport LAPTOP = new Viewport(1280, 860, ColorScheme.LIGHT);
  private static final Viewport PHONE = new Viewport(390, 844, ColorScheme.DARK);

  private static final List<Shot> SHOTS =
      List.of(
          new Shot("overview", "/", LAPTOP, false),
          new Shot("campaigns", "/campaigns", LAPTOP, false),
          new Shot("wizard-when", "/campaigns/7/edit/when", LAPTOP, false),
          new Shot("wizard-who", "/campaigns/7/edit/who", LAPTOP, false),
          new Shot("wizard-what", "/campaigns/7/edit/what", LAPTOP, false),
          new Shot("wizard-labels", "/campaigns/7/edit/labels", LAPTOP, false),
          new Shot("wizard-overview", "/campaigns/7/edit/overview", LAPTOP, false),
          new Shot("wizard-what-phone-dark", "/campaigns/7/edit/what", PHONE, false),
          new Shot("statistics", "/campaigns/1", LAPTOP, false),
          new Shot("statistics-whole", "/campaigns/1", LAPTOP, true),
          new Shot("people", "/campaigns/1/people?set=replied", LAPTOP, false),
          new Shot("connection", "/connections/1", LAPTOP, false),
          new Shot("statistics-phone-dark", "/campaigns/1", PHONE, false));

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

  private record Shot(String name, String path, Viewport viewport, boolean whole) {}
}
