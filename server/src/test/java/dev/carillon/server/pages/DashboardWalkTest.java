package dev.carillon.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.carillon.server.proof.Api;
import dev.carillon.simulator.whatsapp.WhatsAppAccount;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * Walks through the dashboard as a marketer does, in a real browser: log in, connect a number, make
 * and launch a campaign, watch its numbers move to the end, open the people behind one and the life
 * of a message. On each page accessibility is checked, and no script may fail.
 */
class DashboardWalkTest {
  private static final int PEOPLE = 60;
  private static final String VERIFY_TOKEN = "a-verify-token";
  private static final double A_MINUTE = 60_000;
  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");

  private final List<String> failures = new ArrayList<>();

  @Test
  void fromLoginToTheLifeOfAMessage(@TempDir Path data) throws Exception {
    try (Dashboard dashboard = new Dashboard(data);
        BrowserContext context =
            // The accessibility check puts a script of its own into the page.
            dashboard.browse(new Browser.NewContextOptions().setBypassCSP(true))) {
      Page page = context.newPage();
      page.onPageError(failures::add);
      dashboard.world.api.upload(people());
      logIn(page);
      connect(page, dashboard);
      launch(page);
      dashboard.world.time.run(20);
      watch(page);
      lookBehind(page);
      for (String address :
          List.of("/campaigns", "/people?q=Asha", "/settings", "/glossary", "/nowhere")) {
        page.navigate(address);
        accessible(page);
      }
      assertThat(failures).isEmpty();
    }
  }

  private void logIn(Page page) {
    page.navigate("/");
    accessible(page);
    Dashboard.logIn(page);
    assertThat(page.getByRole(AriaRole.HEADING, heading("Overview"))).isVisible();
    accessible(page);
  }

  private void connect(Page page, Dashboard dashboard) {
    WhatsAppAccount account = dashboard.world.simulator.whatsApp().account();
    page.navigate("/connections/new");
    accessible(page);
    page.locator("#connection").fill("Main number");
    field(page, "phoneNumberId", account.phoneNumberId());
    field(page, "businessAccountId", account.businessAccountId());
    field(page, "baseUrl", dashboard.world.simulator.baseUrl().toString());
    field(page, "messagesPerSecond", "500");
    field(page, "accessToken", account.accessToken());
    field(page, "appSecret", account.appSecret());
    field(page, "verifyToken", VERIFY_TOKEN);
    button(page, "Set it up");
    String callback = page.locator("input[readonly]").inputValue();
    accessible(page);
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

  private void launch(Page page) {
    page.navigate("/campaigns/new");
    assertThat(page.locator("#reach")).containsText(PEOPLE + " people fit", within(A_MINUTE));
    accessible(page);
    button(page, "Save draft");
    assertThat(page.locator("#title-problem")).isVisible();
    page.locator("#title").fill("Walk <b>& talk</b>");
    page.getByLabel("People who fit conditions").check();
    page.getByLabel("Name of the property or event").fill("City");
    page.getByLabel("Value").fill("Pune");
    page.getByLabel("Template name").fill("festival_sale");
    page.locator("#parameters").fill("{{ Name | default: 'friend' }}");
    page.locator("#event").fill("Charged");
    button(page, "Save and look before launch");
    assertThat(page.getByRole(AriaRole.HEADING, heading("Launch this campaign?"))).isVisible();
    accessible(page);
    button(page, "Launch");
    assertThat(page.getByRole(AriaRole.HEADING, heading("Walk <b>& talk</b>"))).isVisible();
  }

  private void watch(Page page) {
    assertThat(page.locator(".status")).hasText("Completed", text(2 * A_MINUTE));
    assertThat(page.locator(".k-delivered .count").first()).hasText(NUMBER, text(2 * A_MINUTE));
    accessible(page);
  }

  private void lookBehind(Page page) {
    page.locator(".k-sent .count").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, heading("Sent"))).isVisible();
    accessible(page);
    page.getByText("Its life").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, heading("What became of it"))).isVisible();
    assertThat(page.locator(".timeline")).containsText("Sent: the provider took it");
    page.locator("details summary").first().click();
    accessible(page);
  }

  /** Nothing on the page may keep people out who use a keyboard or a screen reader. */
  private static void accessible(Page page) {
    List<String> grave =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(violation -> GRAVE.contains(violation.getImpact()))
                .map(DashboardWalkTest::described)
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

  private static List<ObjectNode> people() {
    return IntStream.range(0, PEOPLE)
        .mapToObj(
            i ->
                Api.json(
                    """
                    {"identity":"walker-%d","type":"profile","profileData":
                    {"Name":"Asha %d","Phone":"+9198200600%02d","City":"Pune"}}"""
                        .formatted(i, i, i)))
        .toList();
  }

  private static void field(Page page, String name, String value) {
    page.locator("[name='f." + name + "']").fill(value);
  }

  private static void button(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  private static Page.GetByRoleOptions heading(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static LocatorAssertions.ContainsTextOptions within(double millis) {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(millis);
  }

  private static LocatorAssertions.HasTextOptions text(double millis) {
    return new LocatorAssertions.HasTextOptions().setTimeout(millis);
  }
}
