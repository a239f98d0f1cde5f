package dev.carillon.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.carillon.server.integration.harness.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is done with people: import a file, find somebody, look at their timeline, delete them, see
 * in the audit log who did; on a phone and in dark colours as well.
 */
class PeopleBrowserTest {
  private static final String CSV =
      """
      customer_id,Name,Mobile,City,Age,WhatsApp opt-in
      m-1,Meera Rao,+919820061001,Pune,31,yes
      m-2,Ravi,+919820061002,Delhi,29,no
      m-3,Zoya,,Pune,many,
      ,Nobody,,,,
      """;

  @Test
  void fromAFileToADeletedPerson(@TempDir Path data, @TempDir Path files) throws Exception {
    BrowserDriver.walk(
        data,
        (walker, dashboard) -> {
          importAFile(walker, files);
          dashboard.world.api.upload(
              List.of(
                  Api.json(
                      """
                    {"identity":"m-1","type":"event","evtName":"Charged","ts":1700000000,
                    "evtData":{"Amount":12}}"""),
                  Api.json(
                      """
                    {"identity":"m-1","type":"event","evtName":"App Launched","ts":1700000100}""")));
          find(walker);
          look(walker);
          onAPhoneInTheDark(walker);
          delete(walker);
          importAgain(walker, files);
        });
  }

  private static void importAFile(BrowserDriver walker, Path files) throws IOException {
    Page page = walker.page;
    page.navigate("/people");
    walker.follow("Import");
    walker.accessible();
    Path empty = files.resolve("empty.csv");
    Files.writeString(empty, "a,a\n");
    page.locator("#file").setInputFiles(empty);
    walker.press("Look at it");
    assertThat(page.locator("#file-problem")).containsText("no two have the same");
    walker.accessible();
    upload(walker, files);
    assertThat(page.locator("[name=use0]")).hasValue("identity");
    assertThat(page.locator("[name=property2]")).hasValue("Phone");
    assertThat(page.locator("[name=use5]")).hasValue("boolean");
    assertThat(page.locator("[name=property5]")).hasValue("MSG-whatsapp");
    walker.accessible();
    page.locator("[name=use4]").selectOption("number");
    page.locator("[name=use0]").selectOption("text");
    walker.press("Import");
    assertThat(page.locator("#problem")).containsText("Exactly one column");
    walker.accessible();
    page.locator("[name=use0]").selectOption("identity");
    walker.press("Import");
    complete(page);
    assertThat(page.locator("#progress")).containsText("must be a number");
    assertThat(page.locator("#progress"))
        .containsText("The cell of customer_id is empty, so nobody can tell whose row it is.");
    assertThat(page.locator("#progress")).not().containsText("FBID");
    walker.accessible();
    Download rejected =
        page.waitForDownload(() -> page.getByText("Rows not taken, as CSV").click());
    assertThat(Files.readString(rejected.path()))
        .contains("\"m-3\",\"Zoya\"")
        .contains("\"Nobody\"");
  }

  private static void upload(BrowserDriver walker, Path files) throws IOException {
    Path file = files.resolve("people.csv");
    Files.writeString(file, CSV);
    walker.page.navigate("/people/imports");
    walker.page.locator("#file").setInputFiles(file);
    walker.press("Look at it");
    walker.sees("What the columns become");
  }

  private static void complete(Page page) {
    assertThat(page.locator("#progress"))
        .containsText(
            "The import is complete.",
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
  }

  private static void find(BrowserDriver walker) {
    Page page = walker.page;
    for (String text : List.of("m-1", "meera", "0091 98200-61001", "City = pune")) {
      page.navigate("/people");
      page.locator("#q").fill(text);
      assertThat(page.locator("#found")).containsText("Meera Rao");
      assertThat(page.locator("#found tbody tr")).hasCount(1);
    }
    walker.accessible();
    walker.follow("Meera Rao");
    walker.sees("Meera Rao");
  }

  private static void look(BrowserDriver walker) {
    Page page = walker.page;
    assertThat(page.locator("#timeline")).containsText("App Launched");
    walker.accessible();
    page.locator("#timeline summary").click();
    walker.labelled("Sent").check();
    walker.press("Show these");
    assertThat(page.locator("#timeline")).containsText("Nothing of these kinds happened.");
    walker.accessible();
  }

  private static void onAPhoneInTheDark(BrowserDriver walker) {
    String person = walker.page.url();
    walker.onAPhoneInTheDark(
        List.of(person, "/people?q=m-", "/people/imports", "/settings/audit?action=people"));
    walker.page.navigate(person);
  }

  private static void delete(BrowserDriver walker) {
    walker.follow("Delete");
    walker.sees("Delete this person?");
    walker.accessible();
    walker.press("Delete everywhere");
    walker.sees("People");
    assertThat(walker.page.getByText("The person is deleted.")).isVisible();
    walker.page.navigate("/people?q=m-1");
    walker.sees("No one was found");
    walker.page.navigate("/settings");
    walker.follow("Audit log");
    walker.sees("Audit log");
    assertThat(walker.page.locator("tbody")).containsText("people.search");
    walker.labelled("Action").fill("person");
    walker.press("Find");
    assertThat(walker.page.locator("tbody")).containsText("person.delete");
    assertThat(walker.page.locator("tbody")).not().containsText("people.search");
    walker.accessible();
  }

  /** The same file again brings no one back. */
  private static void importAgain(BrowserDriver walker, Path files) throws IOException {
    upload(walker, files);
    walker.press("Import");
    complete(walker.page);
    walker.page.navigate("/people?q=m-1");
    walker.sees("No one was found");
    walker.page.navigate("/settings");
    walker.follow("Audit log");
    walker.sees("Audit log");
    assertThat(walker.page.locator("tbody")).containsText("people.search");
    walker.labelled("Action").fill("person");
    walker.press("Find");
    assertThat(walker.page.locator("tbody")).containsText("person.delete");
    assertThat(walker.page.locator("tbody")).not().containsText("people.search");
    walker.accessible();
    walker.page.navigate("/people?q=m-2");
    assertThat(walker.page.locator("#found")).containsText("Ravi");
  }
}
