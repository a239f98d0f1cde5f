package dev.carillon.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.carillon.server.integration.harness.SimulatedWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The page that describes the API shows all of it, and its policy refuses nothing. */
class ApiPageTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  @Test
  void everyEndpointIsShownWithItsWordsAndCanBeTried(@TempDir Path data) {
    List<String> failures = new ArrayList<>();
    try (Dashboard dashboard = new Dashboard(data);
        BrowserContext context = dashboard.browse(new Browser.NewContextOptions())) {
      Page page = context.newPage();
      page.onPageError(failures::add);
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              failures.add(message.text());
            }
          });
      page.navigate("/api");
      Dashboard.logIn(page);

      List<String> described = described(dashboard.world.api.get("/openapi"));
      assertThat(described)
          .contains(
              "Takes users and events in CleverTap's format",
              "Launches: at once, or at its planned time");
      Locator words = page.locator(".opblock-summary-description");
      assertThat(words).hasCount(described.size());
      assertThat(words.allInnerTexts()).containsExactlyInAnyOrderElementsOf(described);
      assertThat(page.locator(".opblock")).hasCount(described.size());

      authorize(page);
      assertThat(answer(page, "/api/v1/verify")).hasText("200");
    }
    assertThat(failures).isEmpty();
  }

  /** The summaries of all endpoints. */
  private static List<String> described(JsonNode openApi) {
    List<String> summaries = new ArrayList<>();
    for (JsonNode place : openApi.get("paths")) {
      place
          .properties()
          .forEach(
              operation -> {
                if (METHODS.contains(operation.getKey())) {
                  summaries.add(operation.getValue().get("summary").stringValue());
                }
              });
    }
    return summaries;
  }

  private static void authorize(Page page) {
    page.locator(".auth-wrapper .authorize").first().click();
    page.locator(".modal-ux input").fill(SimulatedWorld.KEY);
    page.locator(".modal-ux .authorize").click();
    page.locator(".modal-ux").getByRole(AriaRole.BUTTON, named("Close")).first().click();
  }

  /** Tries an endpoint out; where the status of its answer will be. */
  private static Locator answer(Page page, String path) {
    Locator endpoint =
        page.locator(
            ".opblock",
            new Page.LocatorOptions().setHas(page.locator("[data-path='" + path + "']")));
    endpoint.locator(".opblock-summary-control").click();
    endpoint.getByRole(AriaRole.BUTTON, named("Try it out")).click();
    endpoint.getByRole(AriaRole.BUTTON, named("Execute")).click();
    return endpoint.locator(".live-responses-table .response .response-col_status");
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
