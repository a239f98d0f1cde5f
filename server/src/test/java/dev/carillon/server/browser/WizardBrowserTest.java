package dev.carillon.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.carillon.server.integration.harness.Api;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * The whole wizard before a browser: each when, each who, single, A/B and split, a preview, people
 * people nothing can be filled for, two editors; on a phone and in the dark; by the keyboard alone.
 */
class WizardBrowserTest {
  private static final int PEOPLE = 40;
  private static final Page.GetByLabelOptions EXACT = new Page.GetByLabelOptions().setExact(true);

  @Test
  void everyWayThroughTheWizard(@TempDir Path data) throws Exception {
    List<ObjectNode> people = new ArrayList<>(BrowserDriver.people(PEOPLE));
    people.add(
        Api.json(
            """
            {"identity":"nameless","type":"profile","profileData":
            {"Phone":"+919820069999","City":"Pune"}}"""));
    BrowserDriver.walkAmong(
        people,
        data,
        (walker, dashboard) -> {
          saved(walker);
          everyWhen(walker);
          everyWho(walker);
          everyWhat(walker);
          labelsAndGoal(walker);
          overview(walker);
          twoEditors(walker, dashboard);
          onAPhoneInTheDark(walker);
          byTheKeyboardAlone(walker);
        });
  }

  /** A segment and a list to choose. */
  private static void saved(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/segments/new");
    page.locator("#title").fill("Everybody we know");
    walker.press("Save segment");
    page.navigate("/lists/new");
    page.locator("#title").fill("Friends");
    walker.choose("friends.csv", "identity\nwalker-1\nwalker-2\n");
    walker.press("Bring in the list");
  }

  private static void everyWhen(BrowserDriver walker) {
    Page page = walker.page;
    walker.begin("All of it");
    assertThat(page.locator("#coming")).containsText("At once");
    walker.accessible();

    page.getByLabel("Once, on a date and time").check();
    walker.press("Save and next");
    assertThat(page.locator("#at-problem")).containsText("Choose a date and a time.");
    walker.accessible();
    page.locator("#at").fill("2026-03-05T10:00");
    assertThat(page.locator("#coming")).containsText("Thu 5 Mar 2026 10:00");
    page.getByLabel("Each user’s own, where it is known").check();
    page.getByLabel("get it the next day").check();
    kept(walker, "At 5 Mar 2026, 10:00");
    assertThat(page.getByLabel("get it the next day")).isChecked();
    page.getByLabel("The account’s").check();

    page.getByLabel("On several dates").check();
    page.getByLabel("Date and time 1").fill("2026-03-09T09:30");
    walker.press("Add a date");
    page.getByLabel("Date and time 2").fill("2026-03-07T09:30");
    assertThat(page.locator("#coming li"))
        .hasText(new String[] {"Sat 7 Mar 2026 09:30 UTC", "Mon 9 Mar 2026 09:30 UTC"});
    kept(walker, "9 Mar 2026");

    page.getByLabel("Again and again").check();
    page.locator("label:has([name=every][value=day])").click();
    page.locator("#time").fill("");
    walker.press("Save and next");
    assertThat(page.locator("#time-problem")).containsText("Choose the time of day.");
    page.locator("#time").fill("08:15");
    page.getByLabel("after a number of runs").check();
    page.locator("#runs").fill("3");
    assertThat(page.locator("#coming li")).hasCount(3);
    kept(walker, "every day at 08:15, 3 runs");

    page.locator("label:has([name=every][value=week])").click();
    page.getByLabel("Wed", EXACT).check();
    page.getByLabel("Mon", EXACT).uncheck();
    page.getByLabel("when somebody stops it").check();
    assertThat(page.locator("#coming")).containsText("Wed 4 Mar 2026 08:15");
    kept(walker, "every Wednesday at 08:15");

    page.locator("label:has([name=every][value=month])").click();
    page.locator("#days").fill("1, 31");
    page.getByLabel("after a last day").check();
    page.locator("#until").fill("2026-04-02");
    page.getByLabel("Its own hours").check();
    page.getByLabel("Messages are discarded").check();
    page.getByText("Cut-off, speed and lateness").click();
    page.locator("#cutOff").fill("20:00");
    page.locator("#throttle").fill("0");
    walker.press("Save and next");
    assertThat(page.locator("#throttle-problem")).isVisible();
    walker.accessible();
    page.locator("#throttle").fill("1000");
    assertThat(page.locator("#coming li").first()).hasText("Tue 31 Mar 2026 08:15 UTC");
    kept(walker, "every month on day 1, 31 at 08:15, until 2 Apr 2026");
    assertThat(page.getByLabel("Messages are discarded")).isChecked();
    walker.next("who");
  }

  /** Saves the step, sees the words on the overview, and comes back to it without loss. */
  private static void kept(BrowserDriver walker, String words) {
    Page page = walker.page;
    String step = page.url();
    walker.press("Save and next");
    assertThat(page).not().hasURL(step);
    page.navigate(step.replaceAll("/edit/.*", "/edit/overview"));
    assertThat(page.locator(".plan")).containsText(lower(words));
    page.navigate(step);
  }

  private static String lower(String words) {
    return words.startsWith("At ") ? words.substring(3) : words;
  }

  private static void everyWho(BrowserDriver walker) {
    Page page = walker.page;
    Locator reach = page.locator("#reach");
    assertThat(reach).containsText("41");
    page.getByLabel("A saved segment").check();
    walker.press("Save and next");
    assertThat(page.locator("#segment-problem")).containsText("Choose a segment.");
    walker.accessible();
    page.locator("#segment").selectOption("Everybody we know");
    page.getByText("Leave people out").click();
    page.getByLabel("List Friends").check();
    assertThat(reach.locator("dd").first()).hasText("39");
    kept(walker, "in the segment “Everybody we know”");
    assertThat(page.getByLabel("List Friends")).isChecked();
    page.getByLabel("List Friends").uncheck();

    page.getByLabel("A list", EXACT).check();
    page.locator("#list").selectOption("Friends");
    assertThat(reach.locator("dd").first()).hasText("2");
    kept(walker, "on the list “Friends”");

    page.getByLabel("People who fit conditions").check();
    walker.press("Add a condition");
    page.getByLabel("Property", EXACT).fill("City");
    page.getByLabel("Value", EXACT).fill("Pune");
    assertThat(reach.locator("dd").first()).hasText("41");
    kept(walker, "whose City is “Pune”");

    page.locator("#control").fill("100");
    walker.press("Save and next");
    assertThat(page.locator("#control-problem")).isVisible();
    page.locator("#control").fill("50");
    assertThat(reach.locator("dd").nth(2)).hasText("21");
    page.getByText("Limits", new Page.GetByTextOptions().setExact(true)).click();
    page.locator("#perRun").fill("10");
    page.locator("#safety").fill("1000");
    page.locator("#gap").fill("1");
    walker.accessible();
    kept(walker, "at most 10 in a run");
    page.getByLabel("Everybody", EXACT).check();
    walker.next("what");
  }

  private static void everyWhat(BrowserDriver walker) {
    Page page = walker.page;
    walker.pickTemplate("festival_sale/en");
    insertProperties(walker);
    page.locator("#body-0").fill("{{ Name");
    kept(walker, "festival_sale");
    assertThat(page.locator("#body-0-problem")).containsText("not closed");
    walker.accessible();
    page.locator("#body-0").fill("{{ Name }}");
    Locator preview = page.locator("#preview");
    assertThat(preview.locator("mark").first()).not().hasText("{{ Name }}");
    page.locator("#search").fill("Asha 7");
    page.locator("#pick label").first().click();
    assertThat(preview).containsText("Asha 7");
    page.locator("#search").fill("nameless");
    assertThat(page.locator("#pick")).containsText("nameless");
    page.locator("#pick label").first().click();
    assertThat(preview.locator(".problem")).containsText("Name is missing");
    walker.press("Check the personalisation");
    assertThat(page.locator("#check")).containsText("1 person of 41 would get nothing");
    assertThat(page.locator("#check a")).hasText("nameless");
    walker.accessible();
    kept(walker, "festival_sale");

    page.getByLabel("the better of several").check();
    walker.press("Save and next");
    assertThat(page.locator("#b-choice-problem")).containsText("Choose a template.");
    walker.accessible();
    walker.pickTemplate("b-", "win_back/en");
    page.locator("#b-body-0").fill("{{ Name | default: 'friend' }}");
    page.locator("#b-body-1").fill("100");
    page.locator("#testSize").fill("30");
    page.locator("#after").fill("2");
    page.locator("#fallback").selectOption("1");
    assertThat(preview.locator(".bubble")).hasCount(2);
    kept(walker, "tested with 30 % of the people, decided by views after 2 hours, else B");
    assertThat(page.locator("#b-body-0")).hasValue("{{ Name | default: 'friend' }}");

    page.getByLabel("several messages, each to a share").check();
    page.locator("label:has([name=variants][value='3'])").click();
    walker.pickTemplate("c-", "festival_sale/en");
    page.locator("#c-body-0").fill("friend");
    page.locator("#share").fill("50");
    page.locator("#b-share").fill("30");
    page.locator("#c-share").fill("30");
    walker.press("Save and next");
    assertThat(page.locator("#share-problem")).containsText("The shares sum to 110, not to 100.");
    page.locator("#c-share").fill("20");
    walker.accessible();
    kept(walker, "C to 20 %");
    walker.next("labels");
  }

  /** By mouse and by keyboard, where the cursor is; without scripts the page has them to read. */
  private static void insertProperties(BrowserDriver walker) {
    Page page = walker.page;
    Locator text = page.locator("#body-0");
    Locator offer = page.locator(".field:has(#body-0) details.insert");
    text.fill("Dear !");
    text.press("ArrowLeft");
    offer.locator("summary").click();
    assertThat(walker.labelled("Find a property")).isFocused();
    walker.accessible();
    walker.press("Name");
    assertThat(text).hasValue("Dear {{ Name | default: '' }}!");
    assertThat(text).isFocused();
    assertThat(page.locator("#preview mark").first()).containsText("Dear Asha");

    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    page.keyboard().type("cit");
    assertThat(offer.getByRole(AriaRole.BUTTON)).hasText(new String[] {"City"});
    page.keyboard().press("Enter");
    assertThat(text).hasValue("Dear {{ Name | default: '' }}{{ City | default: '' }}!");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    page.keyboard().press("Escape");
    assertThat(offer.locator("summary")).isFocused();
    assertThat(offer.getByRole(AriaRole.BUTTON)).hasCount(0);
    walker.at("what");

    page.navigate(page.url());
    walker.pickTemplate("festival_sale/en");
    assertThat(page.locator("#properties")).isHidden();
    assertThat(page.request().get(page.url()).text()).contains("{{ City | default: '' }}</code>");
  }

  private static void labelsAndGoal(BrowserDriver walker) {
    Page page = walker.page;
    page.locator("#labels").fill("festive, sale");
    page.getByLabel("Count conversions").check();
    walker.press("Save and next");
    assertThat(page.locator("#event-problem")).isVisible();
    walker.accessible();
    page.locator("#event").fill("Charged");
    page.getByLabel("Property 1").fill("Amount");
    page.getByLabel("How it compares 1").selectOption("greaterThan");
    page.getByLabel("Value 1").fill("100");
    walker.press("Add a filter");
    page.getByLabel("Property 2").fill("Category");
    page.getByLabel("Value 2").fill("Shoes");
    page.locator("#revenue").fill("Amount");
    kept(walker, "Charged where Amount is more than 100 and Category is “Shoes” within 2 days");
    assertThat(page.getByLabel("festive")).isChecked();
    assertThat(page.getByLabel("Value 2")).hasValue("Shoes");
    walker.next("overview");
  }

  private static void overview(BrowserDriver walker) {
    Page page = walker.page;
    assertThat(page.locator("#check")).containsText("1 person of 41");
    assertThat(page.locator(".plan")).containsText("41 people fit");
    walker.accessible();
    walker.follow("Schedule …");
    walker.sees("Schedule this campaign?");
    walker.accessible();
    walker.follow("Cancel");
  }

  /** A second window saves first; the first one is shown what was changed and who changed it. */
  private static void twoEditors(BrowserDriver walker, Dashboard dashboard) {
    Page page = walker.page;
    page.navigate("/campaigns/1/edit/labels");
    page.locator("#title").fill("Mine");
    ObjectNode change = Api.json("{\"name\":\"Theirs\",\"controlGroup\":{\"percent\":5}}");
    dashboard.world.api.call("PATCH", "/api/v1/campaigns/1", change);
    walker.press("Save and next");
    walker.sees("Somebody else changed this meanwhile");
    assertThat(page.locator("main")).containsText("Keep theirs: Theirs");
    assertThat(page.locator("main")).containsText("Keep mine: Mine");
    assertThat(page.locator("main"))
        .containsText("You have not changed this; their version stays.");
    walker.accessible();
    page.getByLabel("Keep mine").check();
    walker.press("Save like this");
    walker.sees("Mine");
    page.navigate("/campaigns/1/edit/who");
    assertThat(page.locator("#control")).hasValue("5");
  }

  private static void onAPhoneInTheDark(BrowserDriver walker) {
    walker.onAPhoneInTheDark(
        List.of(
            "/campaigns",
            "/campaigns/new",
            "/campaigns/1",
            "/campaigns/1/edit/when",
            "/campaigns/1/edit/who",
            "/campaigns/1/edit/what",
            "/campaigns/1/edit/labels",
            "/campaigns/1/edit/overview",
            "/campaigns/1/launch",
            "/campaigns/1/test",
            "/campaigns/1/delete"));
  }

  private static void byTheKeyboardAlone(BrowserDriver walker) {
    Page page = walker.page;
    page.navigate("/campaigns/new");
    page.keyboard().type("By hand");
    page.keyboard().press("Enter");
    walker.at("when");
    tabTo(page, "[name=when][value=now]");
    page.keyboard().press("ArrowDown");
    tabTo(page, "#at");
    page.keyboard().type("03052026");
    page.keyboard().press("Tab");
    page.keyboard().type("1000AM");
    assertThat(page.locator("#at")).hasValue("2026-03-05T10:00");
    tabTo(page, "[name=then][value=next]");
    page.keyboard().press("Enter");
    walker.at("who");
    tabTo(page, "[name=then][value=next]");
    page.keyboard().press("Enter");
    walker.at("what");
    tabTo(page, "#choice");
    page.keyboard().type("fest");
    tabTo(page, "#body-0");
    page.keyboard().type("friend");
    tabTo(page, "[name=then][value=next]");
    page.keyboard().press("Enter");
    walker.at("labels");
    tabTo(page, "[name=then][value=next]");
    page.keyboard().press("Enter");
    walker.at("overview");
    tabTo(page, "a[href*='/launch']");
    page.keyboard().press("Enter");
    walker.sees("Schedule this campaign?");
    tabTo(page, "form.actions button");
    page.keyboard().press("Enter");
    assertThat(page.locator(".status").first()).hasText("Scheduled");
  }

  /** Goes on with the tabulator until the element has the focus. */
  private static void tabTo(Page page, String selector) {
    assertThat(page.locator(selector).first()).isVisible();
    for (int i = 0; i < 150; i++) {
      page.keyboard().press("Tab");
      if (Boolean.TRUE.equals(
          page.evaluate("selector => document.activeElement.matches(selector)", selector))) {
        return;
      }
    }
    throw new AssertionError("the keyboard does not reach " + selector);
  }
}
