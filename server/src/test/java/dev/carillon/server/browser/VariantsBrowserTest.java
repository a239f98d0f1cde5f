package dev.carillon.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.carillon.server.integration.harness.Await;
import dev.carillon.simulator.meta.Outcome;
import dev.carillon.simulator.meta.OutcomeRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two A/B tests before a browser, from the wizard to what the campaign's page says in the end: one
 * that a variant wins, and one without a winner.
 */
class VariantsBrowserTest {
  private static final int PEOPLE = 100;
  private static final int TESTED = 60;
  private static final double HASTE = 20;

  @Test
  void aTestNamesItsWinnerOrSaysThatThereIsNone(@TempDir Path data) throws Exception {
    BrowserDriver.walkAmong(
        BrowserDriver.people(PEOPLE),
        data,
        (walker, dashboard) -> {
          neverRead(dashboard, "festival_sale");
          winner(walker, dashboard);
          neverRead(dashboard, "win_back");
          noWinner(walker, dashboard);
          walker.onAPhoneInTheDark(List.of("/campaigns/1", "/campaigns/2"));
        });
  }

  /** The provider takes messages with this template, and nothing is heard of them again. */
  private static void neverRead(Dashboard dashboard, String template) {
    dashboard
        .world
        .simulator
        .whatsApp()
        .script(
            new OutcomeRule(0, null, template, null, 1, new Outcome.Silent(), new AtomicInteger()));
  }

  private static void winner(BrowserDriver walker, Dashboard dashboard) {
    Page page = walker.page;
    launched(walker, "Two greetings", "0");
    Locator head = page.locator("#head");
    tested(walker, dashboard, "1");
    assertThat(head).containsText("Decided by views from 2 Mar 2026, 11:00");
    assertThat(head).containsText("until then the rest waits");
    int greeted = sent(page, 0);
    assertThat(greeted + sent(page, 1)).isEqualTo(TESTED);
    walker.accessible();

    decideAndEnd(walker, dashboard);
    assertThat(head).containsText("Offer won, and the rest got it");
    Locator variants = variants(page);
    assertThat(variants).containsText("Offer won: better in views beyond chance");
    assertThat(variants).containsText("Greeting 0 of " + greeted + " (0.00 %)");
    assertThat(variants).containsText("It goes to the rest. Decided 2 Mar 2026, 11:00");
    assertThat(row(page, 0).locator("th")).hasText("Greeting");
    assertThat(row(page, 1).locator("th")).hasText("Offer Winner");
    assertThat(sent(page, 0)).isEqualTo(greeted);
    assertThat(sent(page, 1)).isEqualTo(PEOPLE - greeted);
    walker.accessible();
  }

  private static void noWinner(BrowserDriver walker, Dashboard dashboard) {
    Page page = walker.page;
    launched(walker, "Nobody looks", "1");
    Locator head = page.locator("#head");
    tested(walker, dashboard, "2");
    int greeted = sent(page, 0);

    decideAndEnd(walker, dashboard);
    assertThat(head).containsText("No winner; the rest got Offer, as was chosen");
    Locator variants = variants(page);
    assertThat(variants).containsText("No winner: the views differ no more than chance allows");
    assertThat(variants).containsText("Offer goes on, as was chosen.");
    assertThat(row(page, 0).locator("th")).hasText("Greeting");
    assertThat(row(page, 1).locator("th")).hasText("Offer Went on");
    assertThat(sent(page, 0)).isEqualTo(greeted);
    assertThat(sent(page, 1)).isEqualTo(PEOPLE - greeted);
    walker.accessible();
  }

  /** Writes a test of 60 people in the wizard and launches it; its page is shown. */
  private static void launched(BrowserDriver walker, String name, String fallback) {
    Page page = walker.page;
    walker.begin(name);
    walker.next("who");
    page.locator("#control").fill("0");
    walker.next("what");
    page.getByLabel("the better of several").check();
    page.locator("#name").fill("Greeting");
    walker.pickTemplate("festival_sale/en");
    page.locator("#body-0").fill("{{ Name }}");
    page.locator("#b-name").fill("Offer");
    walker.pickTemplate("b-", "win_back/en");
    page.locator("#b-body-0").fill("{{ Name }}");
    page.locator("#b-body-1").fill("100");
    page.locator("#testSize").fill(Integer.toString(TESTED));
    page.locator("[name=testUnit]").selectOption("messages");
    page.locator("#metric").selectOption("views");
    page.locator("#after").fill("2");
    page.locator("#fallback").selectOption(fallback);
    walker.next("labels");
    walker.next("overview");
    assertThat(page.locator(".plan")).containsText("tested with 60 messages, decided by views");
    walker.follow("Launch …");
    walker.press("Launch");
    walker.sees(name);
  }

  /** Sends the test and stops the clock; the page shows all of it. */
  private static void tested(BrowserDriver walker, Dashboard dashboard, String campaign) {
    dashboard.world.time.run(HASTE);
    Await.until(
        "the test is sent",
        Duration.ofMinutes(2),
        () -> dashboard.world.api.counts(campaign, "").getOrDefault("sent", 0L) == TESTED);
    dashboard.world.time.stop();
    walker.page.reload();
  }

  /** Two hours pass, in which people read, and then the rest is sent. */
  private static void decideAndEnd(BrowserDriver walker, Dashboard dashboard) {
    dashboard.world.time.advanceBy(Duration.ofHours(2));
    dashboard.world.time.run(HASTE);
    assertThat(walker.page.locator(".status").first())
        .hasText("Completed", new LocatorAssertions.HasTextOptions().setTimeout(120_000));
    dashboard.world.time.stop();
    walker.page.reload();
  }

  private static Locator variants(Page page) {
    return page.locator("section[aria-labelledby=variants-title]");
  }

  private static Locator row(Page page, int variant) {
    return variants(page).locator("tbody tr").nth(variant);
  }

  private static int sent(Page page, int variant) {
    return Integer.parseInt(row(page, variant).locator("td").first().innerText());
  }
}
