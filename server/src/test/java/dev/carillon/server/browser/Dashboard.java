package dev.carillon.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import dev.carillon.server.integration.harness.SimulatedWorld;
import dev.carillon.simulator.SimulatorSettings;
import dev.carillon.simulator.meta.WhatsAppLimits;
import dev.carillon.simulator.meta.WhatsAppSettings;
import java.nio.file.Path;

/** A simulated world, and the system's Chromium before its server. */
final class Dashboard implements AutoCloseable {
  private static final long SEED = 11;

  final SimulatedWorld world;
  private final Playwright playwright;
  private final Browser browser;

  Dashboard(Path data) {
    world =
        new SimulatedWorld(
            data,
            SimulatorSettings.seeded(SEED)
                .whatsApp(WhatsAppSettings.standard().limits(WhatsAppLimits.unlimited())));
    playwright = Chromium.playwright();
    browser = Chromium.launch(playwright);
  }

  /**
   * A browser without cookies, whose addresses are the server's. Its user wants no motion: a colour
   * on its way to another would have another contrast.
   */
  BrowserContext browse(Browser.NewContextOptions options) {
    return browser.newContext(
        options
            .setBaseURL(world.address.toString())
            .setLocale("en-GB")
            .setReducedMotion(ReducedMotion.REDUCE));
  }

  /** Fills the login form in and sends it. */
  static void logIn(Page page) {
    page.getByLabel("Name").fill("admin");
    page.getByLabel("Password").fill(SimulatedWorld.PASSWORD);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true))
        .click();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
    world.close();
  }
}
