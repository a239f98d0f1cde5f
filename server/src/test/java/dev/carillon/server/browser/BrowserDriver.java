package dev.carillon.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.simulator.meta.account.WhatsAppAccount;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody before a browser who uses the dashboard. No script may fail, and no page may keep people
 * out who use a keyboard or a screen reader.
 */
final class BrowserDriver implements AutoCloseable {
  private static final String VERIFY_TOKEN = "a-verify-token";
  private static final Set<String> GRAVE = Set.of("serious", "critical");

  final Page page;
  private final Dashboard dashboard;
  private final BrowserContext context;
  private final List<String> failures = new ArrayList<>();

  BrowserDriver(Dashboard dashboard) {
    this.dashboard = dashboard;
    context =
        // The accessibility check puts its own script into the page.
        dashboard.browse(new Browser.NewContextOptions().setBypassCSP(true));
    page = context.newPage();
    page.onPageError(failures::add);
  }

  /** Lets somebody walk who is logged in; in the end no script may have failed. */
  static void walk(Path data, Walk walk) throws Exception {
    try (Dashboard dashboard = new Dashboard(data);
        BrowserDriver walker = new BrowserDriver(dashboard)) {
      walker.logIn();
      walk.go(walker, dashboard);
      walker.noScriptFailed();
    }
  }

  /** The same where these people are known and a number is connected. */
  static void walkAmong(List<ObjectNode> people, Path data, Walk walk) throws Exception {
    walk(
        data,
        (walker, dashboard) -> {
          dashboard.world.api.upload(people);
          walker.connect();
          walk.go(walker, dashboard);
        });
  }

  /** What somebody does before the dashboard. */
  @FunctionalInterface
  interface Walk {
    void go(BrowserDriver walker, Dashboard dashboard) throws Exception;
  }

  private void logIn() {
    page.navigate("/");
    accessible();
    Dashboard.logIn(page);
    sees("Overview");
    accessible();
  }

  private void connect() {
    WhatsAppAccount account = dashboard.world.simulator.whatsApp().account();
    page.navigate("/connections/new");
    accessible();
    page.locator("#connection").fill("Main number");
    field("phoneNumberId", account.phoneNumberId());
    field("businessAccountId", account.businessAccountId());
    field("baseUrl", dashboard.world.simulator.baseUrl().toString());
    field("messagesPerSecond", "500");
    field("accessToken", account.accessToken());
    field("appSecret", account.appSecret());
    field("verifyToken", VERIFY_TOKEN);
    press("Set it up");
    String callback = page.locator("input[readonly]").inputValue();
    accessible();
    assertThat(
            dashboard
                .world
                .simulator
                .whatsApp()
                .subscribe(
                    account.businessAccountId(),
                    URI.create(callback),
                    VERIFY_TOKEN,
                    account.appSecret()))
        .as("the handshake of the callback address")
        .isEmpty();
  }

  /** Begins a campaign; the wizard is at its first step. */
  void begin(String name) {
    page.navigate("/campaigns/new");
    page.locator("#title").fill(name);
    press("Begin");
    at("when");
  }

  /** Waits until the wizard is at a step. */
  void at(String step) {
    assertThat(page).hasURL(Pattern.compile(".*/edit/" + step + "$"));
  }

  /** Saves the step and waits for another one. */
  void next(String step) {
    press("Save and next");
    at(step);
  }

  /** Chooses the first variant's template from the provider's list and waits for its places. */
  void pickTemplate(String name) {
    pickTemplate("", name);
  }

  /** Chooses a variant's template from the provider's list and waits for its places. */
  void pickTemplate(String prefix, String name) {
    assertThat(page.locator("#" + prefix + "choice")).isVisible();
    Locator part = page.locator("#" + prefix + "template-part");
    part.evaluate("part => part.dataset.before = 'yes'");
    page.locator("#" + prefix + "choice").selectOption(name);
    assertThat(page.locator("#" + prefix + "template-part:not([data-before])")).isVisible();
  }

  void press(String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  void follow(String name) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true)).click();
  }

  /** Waits for the page with this heading. */
  void sees(String heading) {
    assertThat(
            page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(heading).setExact(true)))
        .isVisible();
  }

  /** The field with exactly this label. */
  Locator labelled(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  /** Chooses a file with this text. */
  void choose(String name, String text) {
    page.locator("input[type=file]")
        .setInputFiles(new FilePayload(name, "text/csv", text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Looks at pages with a narrow window in dark colours; nothing may be wider than it. */
  void onAPhoneInTheDark(List<String> addresses) {
    onAPhoneInTheDark(addresses, address -> {});
  }

  /**
   * Looks at pages with a narrow window in dark colours; nothing may be wider than it.
   *
   * @param shown waits, given its address, until a page shows what is to be looked at
   */
  void onAPhoneInTheDark(List<String> addresses, Consumer<String> shown) {
    page.setViewportSize(390, 844);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    for (String address : addresses) {
      page.navigate(address);
      shown.accept(address);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as(page.url())
          .isEqualTo(true);
      accessible();
    }
    page.setViewportSize(1280, 900);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private void field(String name, String value) {
    page.locator("[name='f." + name + "']").fill(value);
  }

  void accessible() {
    List<String> grave =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(violation -> GRAVE.contains(violation.getImpact()))
                .map(BrowserDriver::described)
                .toList();
    assertThat(grave).as(page.url()).isEmpty();
  }

  private static String described(Rule violation) {
    return violation.getId()
        + ": "
        + violation.getNodes().stream()
            .map(node -> node.getHtml())
            .limit(3)
            .collect(Collectors.joining(" | "));
  }

  /** Records of people in Pune, each with a phone. */
  static List<ObjectNode> people(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Api.json(
                    """
                    {"identity":"walker-%d","type":"profile","profileData":
                    {"Name":"Asha %d","Phone":"+9198200600%02d","City":"Pune"}}"""
                        .formatted(i, i, i)))
        .toList();
  }

  private void noScriptFailed() {
    assertThat(failures).isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }
}
