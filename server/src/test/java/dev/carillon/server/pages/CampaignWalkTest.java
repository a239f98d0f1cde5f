package dev.carillon.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a marketer does to campaigns beside sending them: pick a template and fill its places, send
 * a test, clone, delete, schedule and take back, pause and go on; on a phone and in dark colours as
 * well, and with a provider that cannot be asked.
 */
class CampaignWalkTest {
  private static final int PEOPLE = 40;

  @Test
  void fromATemplateToATestAndBack(@TempDir Path data) throws Exception {
    try (Dashboard dashboard = new Dashboard(data);
        Walker walker = new Walker(dashboard)) {
      dashboard.world.api.upload(Walker.people(PEOPLE));
      walker.logIn();
      walker.connect();
      fillATemplate(walker);
      test(walker, dashboard);
      onAPhoneInTheDark(walker);
      cloneAndDelete(walker);
      scheduleAndTakeBack(walker);
      pauseAndGoOn(walker, dashboard);
      withoutAList(walker);
      walker.noScriptFailed();
    }
  }

  private static void fillATemplate(Walker walker) {
    Page page = walker.page;
    page.navigate("/campaigns/new");
    page.locator("#title").fill("New in town");
    page.locator(".goal [name=hasGoal]").uncheck();
    walker.pickTemplate("win_back/en");
    page.locator("#body-0").fill("{{ Name }}");
    page.locator("#choice").focus();
    walker.pickTemplate("new_arrivals/en");
    assertThat(page.locator("#body-0")).hasValue("{{ Name }}");
    assertThat(page.locator("#choice")).isFocused();
    Locator preview = page.locator("#template-preview");
    assertThat(preview).containsText("language en");
    assertThat(preview).containsText("Hello {{ Name }}, fresh arrivals in {{2}} are waiting");
    page.locator("#header-0").pressSequentially("Pune");
    page.locator("#body-1").fill("shoes");
    assertThat(preview).containsText("New in Pune");
    assertThat(preview).containsText("fresh arrivals in shoes are waiting");
    page.locator("#body-1").fill("");
    assertThat(preview).containsText("fresh arrivals in {{2}} are waiting");
    walker.accessible();

    page.locator("#body-1").fill("x".repeat(5_000));
    walker.press("Save draft");
    assertThat(page.locator("#body-1-problem")).isVisible();
    assertThat(page.locator("#choice")).hasValue("new_arrivals/en");
    walker.accessible();
    page.locator("#body-1").fill("{{ City }}");
    walker.press("Save and send a test");
  }

  private static void test(Walker walker, Dashboard dashboard) {
    Page page = walker.page;
    walker.sees("Send a test");
    walker.accessible();
    walker.press("Send the test");
    assertThat(page.locator("#identities-problem")).containsText("one person");
    page.locator("#identities").fill("walker-1, nobody\nwalker-2");
    walker.press("Send the test");
    Locator rows = page.locator("#results tbody tr");
    assertThat(rows).hasCount(3);
    assertThat(rows.nth(0)).containsText("Sent");
    assertThat(rows.nth(0)).containsText("0001");
    assertThat(rows.nth(0)).not().containsText("9198200600");
    assertThat(rows.nth(1)).containsText("Nobody is known");
    assertThat(page.locator("#identities")).hasValue("walker-1, nobody\nwalker-2");
    walker.accessible();
    assertThat(dashboard.world.simulator.received().messages(null, null).toList())
        .hasSize(2)
        .allSatisfy(
            message -> {
              assertThat(message.template()).isEqualTo("new_arrivals");
              assertThat(message.parameters()).contains("Pune");
            });
    assertThat(
            page.evaluate(
                "document.querySelector('#results').scrollWidth <= document.querySelector('#results').clientWidth"))
        .as("nothing of the results is cut off")
        .isEqualTo(true);
    walker.follow("Back to the campaign");
    walker.sees("New in town");
    assertThat(page.locator(".status").first()).hasText("Draft");
  }

  /** The same pages with a narrow window; nothing may be wider than it. */
  private static void onAPhoneInTheDark(Walker walker) {
    Page page = walker.page;
    page.setViewportSize(375, 720);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    for (String end : new String[] {"", "/edit", "/test", "/delete"}) {
      page.navigate("/campaigns/1" + end);
      if (end.equals("/edit")) {
        assertThat(page.locator("#template-preview")).isVisible();
      }
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as(page.url())
          .isEqualTo(true);
      walker.accessible();
    }
    page.setViewportSize(1280, 900);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private static void cloneAndDelete(Walker walker) {
    Page page = walker.page;
    page.navigate("/campaigns/1");
    walker.press("Clone");
    walker.sees("Edit campaign");
    assertThat(page.locator("#title")).hasValue("New in town (copy)");
    assertThat(page.locator("#header-0")).hasValue("Pune");
    page.navigate("/campaigns/2");
    walker.follow("Delete");
    walker.sees("Delete this draft?");
    walker.accessible();
    walker.follow("Cancel");
    walker.sees("New in town (copy)");
    walker.follow("Delete");
    walker.press("Delete the draft");
    walker.sees("Campaigns");
    assertThat(page.locator("main")).containsText("The draft is deleted.");
    assertThat(page.locator("main")).not().containsText("(copy)");
  }

  private static void scheduleAndTakeBack(Walker walker) {
    Page page = walker.page;
    page.navigate("/campaigns/1/edit");
    assertThat(page.locator("#template-preview")).isVisible();
    page.getByLabel("On a date and time").check();
    page.locator("#at").fill("2026-03-05T10:00");
    walker.press("Save and look before launch");
    walker.press("Launch");
    assertThat(page.locator(".status").first()).hasText("Scheduled");
    walker.accessible();
    walker.press("Back to draft");
    assertThat(page.locator(".status").first()).hasText("Draft");
  }

  /** The clock stands, so the provider's rate holds the campaign in its middle. */
  private static void pauseAndGoOn(Walker walker, Dashboard dashboard) {
    Page page = walker.page;
    walker.follow("Edit");
    assertThat(page.locator("#template-preview")).isVisible();
    page.getByLabel("As soon as it is launched").check();
    walker.press("Save and look before launch");
    walker.press("Launch");
    assertThat(page.locator(".status").first()).hasText("Running");
    walker.press("Pause");
    assertThat(page.locator(".status").first()).hasText("Paused");
    assertThat(page.locator("#head")).containsText("Paused by admin");
    walker.accessible();
    dashboard.world.time.run(20);
    walker.press("Resume");
    assertThat(page.locator(".status").first())
        .hasText("Completed", new LocatorAssertions.HasTextOptions().setTimeout(120_000));
    dashboard.world.time.stop();
  }

  /**
   * Without the account's id the provider lists nothing: the template is typed, as it always was.
   */
  private static void withoutAList(Walker walker) {
    Page page = walker.page;
    page.navigate("/connections/1/edit");
    page.locator("[name='f.businessAccountId']").fill("");
    walker.press("Save");
    page.navigate("/campaigns/new");
    assertThat(page.locator("#template-part")).containsText("cannot be listed");
    page.locator("#title").fill("Typed");
    page.locator(".goal [name=hasGoal]").uncheck();
    page.locator("#template").fill("festival_sale");
    page.locator("#parameters").fill("friend");
    walker.accessible();
    walker.press("Save draft");
    assertThat(page.locator("main")).containsText("The draft is saved.");
    assertThat(page.locator("#template")).hasValue("festival_sale");
  }
}
