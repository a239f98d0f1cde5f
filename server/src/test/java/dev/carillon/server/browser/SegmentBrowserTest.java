package dev.carillon.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a marketer does to segments and lists: brings in a list, builds a rule, corrects it, uses it
 * in a campaign, changes it under a scheduled campaign, deletes; with the keyboard, on a phone and
 * in dark colours.
 */
class SegmentBrowserTest {
  private static final int PEOPLE = 40;

  @Test
  void fromAListToASegmentToACampaign(@TempDir Path data) throws Exception {
    BrowserDriver.walkAmong(
        BrowserDriver.people(PEOPLE),
        data,
        (walker, dashboard) -> {
          list(walker);
          build(walker);
          keyboard(walker);
          onAPhoneInTheDark(walker);
          schedule(walker);
          changeUnderACampaign(walker);
          delete(walker);
        });
  }

  private static void list(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/lists");
    walker.accessible();
    walker.follow("Bring in a list");
    walker.accessible();
    walker.press("Bring in the list");
    assertThat(page.locator("#title-problem")).isVisible();
    assertThat(page.locator("#file-problem")).isVisible();
    walker.accessible();
    page.locator("#title").fill("Guests");
    page.locator("#column").fill("who");
    walker.choose("guests.csv", "id;name\nwalker-1;A\n");
    walker.press("Bring in the list");
    assertThat(page.locator("#column-problem")).containsText("id, name");
    page.locator("#column").fill("id");
    walker.choose("guests.csv", "id;name\nwalker-1;A\nwalker-2;B\nnobody;C\nwalker-1;D\n;E\n");
    walker.press("Bring in the list");
    walker.sees("Guests");
    assertThat(page.locator("main")).containsText("2 people by identity");
    page.getByText("No one is known by these").click();
    assertThat(page.locator("details table").first()).containsText("nobody");
    walker.accessible();
  }

  private static void build(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/segments");
    walker.accessible();
    walker.follow("Make the first segment");
    Locator reach = page.locator("rule-builder .reach");
    assertThat(reach).containsText(PEOPLE + " people fit");
    page.locator("#title").fill("Guests in Pune");
    walker.press("Add a condition");
    Locator first = condition(page, 1);
    assertThat(first.getByLabel("Kind of condition")).isFocused();
    assertThat(reach).containsText("Not counted yet");
    assertThat(page.locator(".rule-box .problem")).hasCount(0);
    first.getByLabel("Property").pressSequentially("Ci");
    assertThat(first.locator("datalist option").first()).hasAttribute("value", "City");
    first.getByLabel("Property").fill("City");
    first.getByLabel("Value", exact()).fill("pune");
    assertThat(reach).containsText(PEOPLE + " people fit");
    assertThat(page.locator(".rule-said")).containsText("City is “pune”");
    walker.accessible();

    walker.press("Add a condition");
    Locator second = condition(page, 2);
    second.getByLabel("Kind of condition").selectOption("list");
    second.getByLabel("List", exact()).selectOption("Guests");
    assertThat(reach).containsText("2 people fit");
    second.getByLabel("Exclude").check();
    assertThat(reach).containsText(PEOPLE - 2 + " people fit");
    condition(page, 2).getByLabel("Exclude").uncheck();

    walker.press("Add a condition");
    Locator third = condition(page, 3);
    third.getByLabel("Kind of condition").selectOption("didNot");
    condition(page, 3).getByLabel("Event", exact()).fill("Charged");
    walker.press("Add a filter");
    condition(page, 3).getByLabel("Property", exact()).fill("Amount");
    condition(page, 3).getByLabel("How it compares").selectOption("greaterThan");
    condition(page, 3).getByLabel("Value", exact()).fill("much");
    page.locator("#title").focus();
    assertThat(page.locator(".rule-box .problem")).containsText("Write a number");
    // Enter ends a value and does not send the form
    condition(page, 3).getByLabel("Value", exact()).press("Enter");
    walker.accessible();
    walker.press("Save segment");
    assertThat(page.locator(".note.bad")).isVisible();
    assertThat(page.locator(".rule-box .problem")).isVisible();
    condition(page, 3).getByLabel("Value", exact()).fill("12.5");
    assertThat(reach).containsText("2 people fit");
    assertThat(page.locator(".rule-box .problem")).hasCount(0);
    walker.press("Save segment");
    walker.sees("Guests in Pune");
    assertThat(page.locator("#people")).containsText("2 people now");
    assertThat(page.locator("main"))
        .containsText("who did not do Charged in the last 30 days where Amount is more than 12.5");
    walker.accessible();
  }

  /** A second segment with nothing but keys. */
  private static void keyboard(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/segments/new");
    page.locator("#title").focus();
    page.keyboard().type("Others");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(condition(page, 1).getByLabel("Kind of condition")).isFocused();
    page.keyboard().type("I");
    assertThat(condition(page, 1).getByLabel("Segment", exact())).isVisible();
    page.keyboard().press("Tab");
    page.keyboard().type("Guests");
    page.keyboard().press("Tab");
    page.keyboard().press("Space");
    assertThat(page.locator(".rule-said")).containsText("Guests in Pune");
    assertThat(page.locator("rule-builder .reach")).containsText(PEOPLE - 2 + " people fit");
    page.locator("#title").focus();
    page.keyboard().press("Enter");
    walker.sees("Others");
    assertThat(page.locator("#people")).containsText(PEOPLE - 2 + " people now");
  }

  private static void onAPhoneInTheDark(BrowserDriver walker) {
    walker.onAPhoneInTheDark(
        List.of(
            "/segments",
            "/segments/1",
            "/segments/1/edit",
            "/segments/1/people",
            "/segments/1/delete",
            "/lists",
            "/lists/1",
            "/lists/1/replace",
            "/lists/1/delete"),
        address -> {
          if (address.endsWith("edit")) {
            assertThat(walker.page.locator("rule-builder .reach")).containsText("2 people fit");
          }
        });
  }

  private static void schedule(BrowserDriver walker) {
    Page page = walker.page;
    walker.begin("To the guests");
    page.getByLabel("Once, on a date and time").check();
    page.locator("#at").fill("2026-03-05T10:00");
    walker.next("who");
    page.getByLabel("People who fit conditions").check();
    walker.press("Add a condition");
    condition(page, 1).getByLabel("Kind of condition").selectOption("segment");
    condition(page, 1).getByLabel("Segment", exact()).selectOption("Guests in Pune");
    assertThat(page.locator("rule-builder .reach")).containsText("2 people fit");
    walker.next("what");
    walker.pickTemplate("festival_sale/en");
    page.locator("#body-0").fill("friend");
    walker.next("labels");
    walker.next("overview");
    walker.follow("Schedule \u2026");
    walker.sees("Schedule this campaign?");
    assertThat(page.locator("main")).containsText("in the segment “Guests in Pune”");
    walker.press("Schedule");
    assertThat(page.locator(".status").first()).hasText("Scheduled");
  }

  private static void changeUnderACampaign(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/segments/1/edit");
    page.getByLabel("Remove condition 3").click();
    assertThat(condition(page, 2).getByLabel("Kind of condition")).isFocused();
    walker.press("Save segment");
    assertThat(page.locator(".note.warn")).containsText("To the guests");
    walker.accessible();
    walker.press("Save it all the same");
    walker.sees("Guests in Pune");
    assertThat(page.locator("main")).containsText("The segment is saved.");
    assertThat(page.locator("main")).not().containsText("Charged");
  }

  private static void delete(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/lists/1/delete");
    assertThat(page.locator(".note.warn")).containsText("Guests in Pune");
    page.navigate("/segments/1/delete");
    assertThat(page.locator(".note.warn")).containsText("To the guests");
    page.navigate("/segments/2/delete");
    walker.press("Delete the segment");
    walker.sees("Segments");
    assertThat(page.locator("main")).not().containsText("Others");
  }

  private static Locator condition(Page page, int number) {
    return page.locator(".rule-box [role=group][aria-label='Condition " + number + "']");
  }

  private static Locator.GetByLabelOptions exact() {
    return new Locator.GetByLabelOptions().setExact(true);
  }
}
