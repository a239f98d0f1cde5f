package dev.carillon.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a marketer does to campaigns beside writing them: send a test, clone, delete, archive,
 * schedule and take back, pause and go on, find them again; with a provider that cannot be asked as
 * well.
 */
class CampaignBrowserTest {
  private static final int PEOPLE = 40;

  @Test
  void fromADraftToTheArchive(@TempDir Path data) throws Exception {
    BrowserDriver.walkAmong(
        BrowserDriver.people(PEOPLE),
        data,
        (walker, dashboard) -> {
          write(walker);
          test(walker, dashboard);
          cloneAndDelete(walker);
          scheduleAndTakeBack(walker);
          pauseAndGoOn(walker, dashboard);
          archive(walker);
          find(walker);
          compare(walker);
          withoutAList(walker);
        });
  }

  private static void write(BrowserDriver walker) {
    Page page = walker.page;
    walker.begin("New in town");
    walker.next("who");
    walker.next("what");
    walker.pickTemplate("win_back/en");
    page.locator("#body-0").fill("{{ Name }}");
    page.locator("#choice").focus();
    walker.pickTemplate("new_arrivals/en");
    assertThat(page.locator("#body-0")).hasValue("{{ Name }}");
    assertThat(page.locator("#choice")).isFocused();
    page.locator("#header-0").fill("Pune");
    page.locator("#body-1").fill("x".repeat(5_000));
    walker.press("Save and next");
    assertThat(page.locator("#body-1-problem")).isVisible();
    assertThat(page.locator("#choice")).hasValue("new_arrivals/en");
    walker.accessible();
    page.locator("#body-1").fill("{{ City }}");
    walker.press("Save and send a test");
  }

  private static void test(BrowserDriver walker, Dashboard dashboard) {
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
    assertThat(rows.nth(1)).containsText("No one is known");
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

  private static void cloneAndDelete(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/campaigns/1");
    walker.press("Clone");
    walker.at("overview");
    walker.sees("New in town (copy)");
    page.navigate("/campaigns/2/edit/what");
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

  private static void scheduleAndTakeBack(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/campaigns/1/edit/when");
    page.getByLabel("Once, on a date and time").check();
    page.locator("#at").fill("2026-03-05T10:00");
    walker.press("Save and leave");
    walker.follow("Schedule");
    walker.sees("Schedule this campaign?");
    walker.press("Schedule");
    assertThat(page.locator(".status").first()).hasText("Scheduled");
    walker.accessible();
    page.navigate("/campaigns/1/edit/when");
    assertThat(page.locator("main")).containsText("This campaign is scheduled.");
    page.locator("#at").fill("2026-01-05T10:00");
    walker.press("Save and leave");
    assertThat(page.locator("#at-problem")).containsText("This time has passed");
    page.navigate("/campaigns/1");
    walker.press("Back to draft");
    assertThat(page.locator(".status").first()).hasText("Draft");
  }

  /** The clock does not move, so the provider's rate holds the campaign in its middle. */
  private static void pauseAndGoOn(BrowserDriver walker, Dashboard dashboard) {
    Page page = walker.page;
    page.navigate("/campaigns/1/edit/when");
    page.getByLabel("As soon as it is launched").check();
    walker.press("Save and leave");
    walker.follow("Launch");
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

  private static void archive(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/campaigns/1");
    walker.press("Archive");
    assertThat(page.locator("#head")).containsText("In the archive since");
    walker.accessible();
    page.navigate("/campaigns");
    assertThat(page.locator("#list")).not().containsText("New in town");
    page.navigate("/campaigns?archived=true");
    walker.sees("Archived campaigns");
    assertThat(page.locator("#list")).containsText("New in town");
    page.getByLabel("Choose New in town").check();
    walker.press("Take out of the archive");
    assertThat(page.locator("main")).containsText("1 campaign was taken out of the archive.");
    page.navigate("/campaigns/1");
    walker.follow("Name and labels");
    page.locator("#title").fill("Long gone");
    assertThat(page.locator(".goal")).hasCount(0);
    walker.accessible();
    walker.press("Save and leave");
    walker.sees("Long gone");
  }

  private static void find(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/campaigns");
    Locator row = page.locator("#campaign-1");
    assertThat(row.locator("[data-label=Qualified]")).hasText(Integer.toString(PEOPLE));
    page.getByLabel("Choose Long gone").check();
    walker.press("Add the label");
    assertThat(page.locator("main")).containsText("Type a label");
    page.getByLabel("Choose Long gone").check();
    page.locator("#bulkLabel").fill("spring");
    walker.press("Add the label");
    assertThat(page.locator("main")).containsText("1 campaign was labelled.");
    assertThat(row).containsText("spring");
    page.navigate("/campaigns?status=completed&label=spring&order=name");
    walker.accessible();
    page.locator("#view-name").fill("Spring");
    walker.press("Keep");
    page.navigate("/campaigns");
    walker.follow("Spring");
    assertThat(page.locator("#status")).hasValue("completed");
    assertThat(page.locator("#list")).containsText("Long gone");
    page.locator("#q").fill("nothing like it");
    assertThat(page.locator("#list")).containsText("No campaign fits");
    walker.accessible();
  }

  private static void compare(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/campaigns/1");
    walker.press("Clone");
    walker.at("overview");
    page.navigate("/campaigns");
    Locator choices = page.locator("#list tbody input[type=checkbox]");
    assertThat(choices).hasCount(2);
    choices.first().check();
    walker.press("Compare");
    assertThat(page.locator("main")).containsText("Tick at least two campaigns first");
    choices.first().check();
    choices.nth(1).check();
    walker.press("Compare");
    walker.sees("Compare campaigns");
    Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("Completed"));
    assertThat(row.locator("[data-label=Qualified]")).hasText(Integer.toString(PEOPLE));
    walker.accessible();
    String chosen = page.url();
    row.locator("[data-label=Sent] a").click();
    walker.sees("Sent");
    page.navigate("/campaigns");
    page.locator("#q").fill("Long");
    assertThat(page.locator("#compare-labels"))
        .hasAttribute("href", "/campaigns/compare?by=label&q=Long");
    walker.follow("Compare labels");
    walker.sees("Compare labels");
    assertThat(page.locator("#q")).hasValue("Long");
    assertThat(page.locator("#labels")).containsText("spring");
    walker.accessible();
    page.locator("#status").selectOption("completed");
    assertThat(page.locator("#labels")).not().containsText("not sent yet");
    walker.follow("spring");
    assertThat(page.locator("#label")).hasValue("spring");
    walker.onAPhoneInTheDark(
        List.of(
            chosen,
            "/campaigns/compare?by=label",
            "/campaigns/compare",
            "/campaigns/compare?by=label&q=nothing+like+it"));
  }

  /**
   * Without the account's id the provider lists nothing: the template is typed, as it always was.
   */
  private static void withoutAList(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/connections/1/edit");
    page.locator("[name='f.businessAccountId']").fill("");
    walker.press("Save");
    walker.begin("Typed");
    page.navigate(page.url().replace("/when", "/what"));
    assertThat(page.locator("#template-part")).containsText("cannot be listed");
    page.locator("#template").fill("festival_sale");
    page.locator("#parameters").fill("friend");
    walker.accessible();
    walker.press("Save and back");
    walker.at("who");
    page.navigate(page.url().replace("/who", "/what"));
    assertThat(page.locator("#template")).hasValue("festival_sale");
  }
}
