package dev.carillon.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks through the dashboard as a marketer does, in a real browser: log in, connect a number, make
 * and launch a campaign, watch its numbers move to the end, open the people behind one and the life
 * of a message.
 */
class DashboardBrowserTest {
  private static final int PEOPLE = 60;
  private static final double A_MINUTE = 60_000;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");

  @Test
  void fromLoginToTheLifeOfAMessage(@TempDir Path data) throws Exception {
    BrowserDriver.walkAmong(
        BrowserDriver.people(PEOPLE),
        data,
        (walker, dashboard) -> {
          launch(walker);
          dashboard.world.time.run(20);
          watch(walker);
          lookBehind(walker);
          for (String address :
              List.of(
                  "/campaigns",
                  "/people?q=Asha",
                  "/settings",
                  "/account",
                  "/glossary",
                  "/nowhere")) {
            walker.page.navigate(address);
            walker.accessible();
          }
          walker.onAPhoneInTheDark(List.of("/account"));
        });
  }

  private static void launch(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/campaigns/new");
    walker.accessible();
    walker.press("Begin");
    assertThat(page.locator("#title-problem")).isVisible();
    walker.begin("Walk <b>& talk</b>");
    walker.next("who");
    assertThat(page.locator("#reach")).containsText(Integer.toString(PEOPLE), within(A_MINUTE));
    page.getByLabel("People who fit conditions").check();
    walker.press("Add a condition");
    walker.labelled("Property").fill("City");
    walker.labelled("Value").fill("Pune");
    walker.next("what");
    walker.pickTemplate("festival_sale/en");
    page.locator("#body-0").fill("{{ Name | default: 'friend' }}");
    walker.next("labels");
    page.getByLabel("Count conversions").check();
    page.locator("#event").fill("Charged");
    walker.next("overview");
    walker.follow("Launch \u2026");
    walker.sees("Launch this campaign?");
    walker.accessible();
    walker.press("Launch");
    walker.sees("Walk <b>& talk</b>");
  }

  private static void watch(BrowserDriver walker) {
    Page page = walker.page;
    assertThat(page.locator(".status")).hasText("Completed", text(2 * A_MINUTE));
    assertThat(page.locator(".k-delivered .count").first()).hasText(NUMBER, text(2 * A_MINUTE));
    walker.accessible();
  }

  private static void lookBehind(BrowserDriver walker) {
    Page page = walker.page;
    page.locator(".k-sent .count").first().click();
    walker.sees("Sent");
    walker.accessible();
    page.getByText("Its life").first().click();
    walker.sees("What became of it");
    assertThat(page.locator(".timeline")).containsText("Sent: the provider took it");
    page.locator("details summary").first().click();
    walker.accessible();
  }

  private static LocatorAssertions.ContainsTextOptions within(double millis) {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(millis);
  }

  private static LocatorAssertions.HasTextOptions text(double millis) {
    return new LocatorAssertions.HasTextOptions().setTimeout(millis);
  }
}
