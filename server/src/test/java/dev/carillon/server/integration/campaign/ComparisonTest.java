package dev.carillon.server.integration.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.report.measure.Measure;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.campaign.CampaignQuery;
import dev.carillon.engine.reporting.CampaignComparison;
import dev.carillon.engine.reporting.CampaignComparison.ByLabel;
import dev.carillon.server.access.Role;
import dev.carillon.server.access.login.Logins;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.ComparedCampaigns;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.Identities;
import dev.carillon.server.integration.harness.SimulatedWorld;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Campaigns and labels side by side have the numbers of the campaigns' reports. */
class ComparisonTest {
  private static final String COMPARE = "/api/v1/campaigns/compare";
  private static final Pattern CELL =
      Pattern.compile("(?s)<td [^>]*data-label=\"([^\"]+)\"[^>]*>(.*?)</td>");
  private static final DisplayFormat SHOWN =
      new DisplayFormat(Locale.UK, ZoneOffset.UTC, Instant.EPOCH);

  @TempDir private static Path folder;
  private static ComparedCampaigns given;
  private static SimulatedWorld world;
  private static Api api;
  private static FormBrowser admin;

  @BeforeAll
  static void start() throws Exception {
    given = new ComparedCampaigns(folder.resolve("data"));
    world = given.world;
    api = world.api;
    admin = new FormBrowser(world.address);
    admin.signIn("admin", SimulatedWorld.PASSWORD);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void chosenCampaignsHaveTheNumbersOfTheirReports() {
    JsonNode compared =
        api.get(
                COMPARE
                    + "?id=%s&id=%s&id=%s&id=%s"
                        .formatted(given.once, given.twice, given.draft, given.aimless))
            .get("campaigns");

    assertThat(compared.valueStream().map(one -> one.at("/campaign/id").stringValue()))
        .containsExactly(given.once, given.twice, given.draft, given.aimless);
    for (JsonNode one : compared) {
      JsonNode report = api.report(one.at("/campaign/id").stringValue(), "");
      for (String member : List.of("campaign", "counts", "rates", "revenue")) {
        assertThat(one.get(member)).as(member).isEqualTo(report.get(member));
      }
      for (String member : List.of("target", "control", "shared", "lift")) {
        assertThat(one.at("/conversion/" + member))
            .as(member)
            .isEqualTo(report.at("/conversion/" + member));
      }
      assertThat(one.propertyNames()).doesNotContain("trend", "splits");
    }
    assertThat(compared.get(1).at("/counts/sent").longValue())
        .as("two runs, so that people are fewer than messages")
        .isGreaterThan(compared.get(1).at("/conversion/target/users").longValue());
    assertThat(compared.get(1).at("/conversion/target/converted").longValue()).isPositive();
    assertThat(compared.get(3).has("conversion")).isFalse();
  }

  @Test
  void aLabelHasTheSumOfItsCampaigns() {
    JsonNode answer = api.get(COMPARE + "?by=label");
    JsonNode labels = answer.get("labels");

    assertThat(labels.valueStream().map(row -> row.path("label").asString("none")))
        .containsExactly("idea", "Sale", "spring", "none");
    assertThat(labels.valueStream().map(row -> row.get("campaigns").toString()))
        .containsExactly(
            ids(given.draft), ids(given.once, given.twice), ids(given.twice), ids(given.aimless));
    assertThat(answer.get("compared").intValue()).isEqualTo(4);
    assertThat(answer.get("total").intValue()).isEqualTo(4);

    assertThat(labels.get(0).has("counts")).as("a draft has no numbers").isFalse();
    assertThat(labels.get(2).get("counts")).isEqualTo(api.report(given.twice, "").get("counts"));
    assertThat(labels.get(2).get("rates")).isEqualTo(api.report(given.twice, "").get("rates"));
    Map<String, Long> sale = new HashMap<>();
    for (String campaign : List.of(given.twice, given.once)) {
      api.counts(campaign, "").forEach((name, count) -> sale.merge(name, count, Long::sum));
    }
    labels
        .get(1)
        .get("counts")
        .properties()
        .forEach(
            count ->
                assertThat(count.getValue().longValue())
                    .as(count.getKey())
                    .isEqualTo(sale.get(count.getKey())));
    Identities.hold(sale);
    assertThat(labels.get(1).at("/rates/delivered").doubleValue())
        .isEqualTo(100.0 * number(sale, "delivered") / number(sale, "sent"));
    long people =
        api.report(given.twice, "").at("/conversion/target/users").longValue()
            + api.report(given.once, "").at("/conversion/target/users").longValue();
    assertThat(labels.get(1).at("/rates/converted").doubleValue())
        .isEqualTo(100.0 * number(sale, "converted") / people);
    assertThat(labels.get(3).get("rates").has("converted")).as("it has no goal").isFalse();
  }

  @Test
  void theListIsNarrowedByTheSameParameters() {
    String today = LocalDate.ofInstant(world.time.instant(), ZoneOffset.UTC).toString();
    String tomorrow = LocalDate.parse(today).plusDays(1).toString();
    Map<String, String> expected =
        Map.of(
            "?order=name",
            ids(given.aimless, given.draft, given.once, given.twice),
            "?label=Sale&order=name",
            ids(given.once, given.twice),
            "?status=draft,scheduled",
            ids(given.draft),
            "?from=" + tomorrow,
            "[]",
            "?to=2020-01-01",
            "[]",
            "?search=wice&channel=whatsapp&from=2020-01-01&to=" + tomorrow,
            ids(given.twice),
            "?channel=sms",
            "[]");
    expected.forEach(
        (query, found) ->
            assertThat(
                    api.get("/api/v1/campaigns" + query)
                        .get("campaigns")
                        .valueStream()
                        .map(one -> one.get("id").toString())
                        .toList()
                        .toString()
                        .replace(" ", ""))
                .as(query)
                .isEqualTo(found));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=draft,nothing",
        "channel=pigeon",
        "archived=perhaps",
        "order=luck",
        "from=yesterday",
        "to=2026-13-01",
        "limit=501",
        "offset=-1",
      })
  void theListSaysWhichParameterMeansNothing(String query) throws Exception {
    HttpResponse<String> answer = admin.get("/api/v1/campaigns?" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"invalidParameter\"");
  }

  private static String ids(String... campaigns) {
    return "[\"" + String.join("\",\"", campaigns) + "\"]";
  }

  @Test
  void labelsAreComparedOfTheCampaignsThatFit() {
    assertThat(labels("&search=twice")).containsExactlyInAnyOrder("Sale", "spring");
    assertThat(labels("&label=spring")).containsExactlyInAnyOrder("Sale", "spring");
    assertThat(labels("&status=draft")).containsExactly("idea");
    assertThat(labels("&from=2026-03-02&to=2026-03-02")).hasSize(4);
    assertThat(labels("&to=2026-03-01")).isEmpty();
    assertThat(labels("&channel=sms")).isEmpty();
    assertThat(labels("&archived=true")).isEmpty();
    assertThat(labels("&createdBy=nobody")).isEmpty();
  }

  private static List<String> labels(String filters) {
    return api.get(COMPARE + "?by=label" + filters)
        .get("labels")
        .valueStream()
        .map(row -> row.path("label").asString("none"))
        .toList();
  }

  @Test
  void whatCannotBeComparedIsSaid() {
    assertRefused("", 400, "invalidParameter", "/id");
    assertRefused("?id=" + given.once, 400, "invalidParameter", "/id");
    assertRefused("?id=%s&id=%s".formatted(given.once, given.once), 400, "invalidParameter", "/id");
    StringBuilder many = new StringBuilder("?id=" + given.once);
    for (String id : List.of(given.once, given.twice, given.draft, given.aimless)) {
      many.append("&id=").append(id);
    }
    assertRefused(many + "&id=999", 404, "notFound", null);
    assertRefused("?id=%s&id=x".formatted(given.once), 404, "notFound", null);
    assertRefused("?id=%s&id=0%s".formatted(given.once, given.once), 404, "notFound", null);
    assertRefused("?by=channel", 400, "invalidParameter", "/by");
    assertRefused("?by=label&id=" + given.once, 400, "invalidParameter", "/id");
    assertRefused("?by=label&from=today", 400, "invalidParameter", "/from");
    assertRefused("?by=label&to=%2B999999999-12-31", 400, "invalidParameter", "/to");
    assertRefused("?by=label&status=lost", 400, "invalidParameter", "/status");
  }

  private static void assertRefused(
      String query, int status, String code, @Nullable String pointer) {
    HttpResponse<byte[]> answer = api.answer("GET", COMPARE + query, null);
    JsonNode problem = Api.tree(answer.body());
    assertThat(answer.statusCode()).as("%s: %s", query, problem).isEqualTo(status);
    assertThat(problem.get("code").stringValue()).isEqualTo(code);
    assertThat(problem.at("/errors/0/pointer").asString(null)).isEqualTo(pointer);
    assertThat(problem.get("detail").stringValue()).isNotBlank();
  }

  @Test
  void thePageShowsTheNumbersOfTheReports() throws Exception {
    String page =
        page(
            "/campaigns/compare?id=%s&id=%s&id=%s&id=%s"
                .formatted(given.once, given.twice, given.draft, given.aimless));

    for (String campaign : List.of(given.once, given.twice, given.aimless)) {
      JsonNode report = api.report(campaign, "");
      Map<String, String> cells = cells(page, "href=\"/campaigns/" + campaign + "\"");
      for (Measure measure :
          Set.of(Measure.QUALIFIED, Measure.SENT, Measure.SUPPRESSED, Measure.REPLIED)) {
        assertThat(cells.get(measure.title()))
            .as(measure.title())
            .contains("/campaigns/%s/people?set=%s\"".formatted(campaign, measure.key()))
            .contains(">" + SHOWN.number(report.at("/counts/" + measure.key()).longValue()) + "<");
      }
      assertThat(cells.get("Dispatch errors"))
          .contains(">" + SHOWN.number(report.at("/counts/dispatchErrors").longValue()) + "<");
      assertThat(cells.get("Delivered"))
          .contains(">" + SHOWN.number(report.at("/counts/delivered").longValue()) + "<")
          .contains(SHOWN.percent(report.at("/rates/delivered").doubleValue()));
    }
    assertThat(cells(page, "href=\"/campaigns/" + given.draft + "\"").values())
        .isNotEmpty()
        .allSatisfy(cell -> assertThat(text(cell)).isEqualTo("-"));
    String conversions = page.substring(page.indexOf("conversions-title"));
    JsonNode report = api.report(given.twice, "");
    Map<String, String> cells = cells(conversions, "href=\"/campaigns/" + given.twice + "\"");
    assertThat(cells.get("Converted"))
        .contains("/people?set=converted\"")
        .contains(SHOWN.percent(report.at("/rates/converted").doubleValue()));
    assertThat(cells.get("Control group")).contains("/people?set=controlConverted\"");
    assertThat(text(cells, "Revenue"))
        .isEqualTo(SHOWN.money(report.at("/revenue/target/revenue").decimalValue(), "USD"));
    assertThat(text(conversions))
        .contains(
            report.at("/conversion/lift/sentence").stringValue(),
            "There is no control group to compare with",
            "It has no goal",
            "It has not been sent yet");
    assertThat(text(cells(conversions, "href=\"/campaigns/" + given.once + "\""), "Lift"))
        .isEqualTo("-");
  }

  @Test
  void thePageOfLabelsShowsTheSums() throws Exception {
    String page = page("/campaigns/compare?by=label");

    for (JsonNode row : api.get(COMPARE + "?by=label").get("labels")) {
      String heading =
          row.has("label")
              ? "href=\"/campaigns?label=" + row.get("label").stringValue() + "\""
              : "Without a label";
      Map<String, String> cells = cells(page, heading);
      assertThat(text(cells, "Campaigns")).startsWith(SHOWN.number(row.get("campaigns").size()));
      assertThat(text(cells, "Sent"))
          .isEqualTo(row.has("counts") ? SHOWN.number(row.at("/counts/sent").longValue()) : "-");
      assertThat(text(cells, "Converted"))
          .isEqualTo(
              row.at("/rates").has("converted")
                  ? SHOWN.number(row.at("/counts/converted").longValue())
                      + " "
                      + SHOWN.percent(row.at("/rates/converted").doubleValue())
                  : "-");
    }
    assertThat(page)
        .contains("/campaigns/compare?id=%s&amp;id=%s\"".formatted(given.once, given.twice))
        .contains("A campaign with several labels counts in the row of each");
    assertThat(page("/campaigns/compare?by=label&q=twice"))
        .contains("/campaigns?q=twice&amp;label=spring\"")
        .doesNotContain("Without a label");
    assertThat(page("/campaigns/compare?by=label&status=paused")).contains("No campaign fits");
  }

  @Test
  void thePageSaysWhatItCannotCompare() throws Exception {
    assertThat(page("/campaigns/compare")).contains("Choose at least two campaigns");
    assertThat(page("/campaigns/compare?id=%s&id=999".formatted(given.once)))
        .contains("Choose at least two campaigns", "There is no campaign 999.");
    assertThat(
            page("/campaigns/compare?id=%s&id=%%3Cb%%3E&id=%s".formatted(given.once, given.twice)))
        .contains("There is no campaign &lt;b&gt;.", "What became of the messages");
    StringBuilder many = new StringBuilder("?id=%s&id=%s".formatted(given.once, given.twice));
    for (int i = 0; i < 11; i++) {
      many.append("&id=").append(900 + i);
    }
    assertThat(page("/campaigns/compare" + many)).contains("one more was left out.");
  }

  @Test
  void theListLeadsThereAlsoForThoseWhoMayNotChangeAnything() throws Exception {
    world
        .server
        .context()
        .getBean(Logins.class)
        .add("onlooker", "meadow-kettle-harbour", Role.VIEWER, Actor.SYSTEM);
    FormBrowser onlooker = new FormBrowser(world.address);
    onlooker.signIn("onlooker", "meadow-kettle-harbour");
    String list = onlooker.get("/campaigns").body();
    assertThat(list)
        .contains("aria-label=\"Choose Twice\"", "action=\"/campaigns/compare\"")
        .contains("href=\"/campaigns/compare?by=label\"")
        .doesNotContain("/campaigns/bulk", "Archive");
    assertThat(
            onlooker
                .get("/campaigns/compare?id=%s&id=%s".formatted(given.once, given.twice))
                .body())
        .contains("What became of the messages");

    String token = admin.token("/campaigns");
    HttpResponse<String> two =
        admin.post(
            "/campaigns/bulk",
            List.of(
                Map.entry("_csrf", token),
                Map.entry("do", "compare"),
                Map.entry("id", given.once),
                Map.entry("id", given.twice)));
    assertThat(two.statusCode()).isEqualTo(302);
    assertThat(two.headers().firstValue("Location").orElseThrow())
        .endsWith("/campaigns/compare?id=%s&id=%s".formatted(given.once, given.twice));
    admin.post("/campaigns/bulk", Map.of("_csrf", token, "do", "compare", "id", given.once));
    assertThat(page("/campaigns")).contains("Tick at least two campaigns first");
  }

  /** A look reads few ledgers, and the next one goes on where it ended. */
  @Test
  void whatIsNotAtHandIsCountedLookByLook() {
    CampaignComparison comparison = world.server.context().getBean(CampaignComparison.class);
    CampaignQuery all = new CampaignQuery(null, null, Set.of(), null, null, 1, 0);
    for (String campaign : List.of(given.once, given.twice, given.aimless)) {
      // A change makes the numbers unknown, as those of a campaign not looked at for long are.
      api.call("PATCH", "/api/v1/campaigns/" + campaign, Api.json("{'name':'Renamed'}"));
    }

    assertThat(comparison.byLabel(all, 0).waiting()).isEqualTo(3);
    assertThat(comparison.byLabel(all, 1).waiting()).isEqualTo(2);
    ByLabel half = comparison.byLabel(all, 1);
    assertThat(half.waiting()).isEqualTo(1);
    assertThat(half.labels()).anyMatch(row -> row.waiting() > 0 && row.tally() == null);
    assertThat(comparison.byLabel(all, 1).waiting()).isZero();
    assertThat(comparison.byLabel(all, 0).labels()).allMatch(row -> row.waiting() == 0);
    for (String campaign : List.of(given.once, given.twice, given.aimless)) {
      String name =
          campaign.equals(given.once) ? "Once" : campaign.equals(given.twice) ? "Twice" : "Aimless";
      api.call("PATCH", "/api/v1/campaigns/" + campaign, Api.json("{'name':'" + name + "'}"));
    }
  }

  private static String page(String path) throws Exception {
    return admin.send(admin.request(path).header("Accept-Language", "en-GB").GET()).body();
  }

  /** The cells of the row that has this, by their columns. */
  private static Map<String, String> cells(String page, String heading) {
    int at = page.indexOf(heading);
    assertThat(at).as(heading).isPositive();
    Matcher cell = CELL.matcher(page.substring(at, page.indexOf("</tr>", at)));
    Map<String, String> cells = new HashMap<>();
    while (cell.find()) {
      cells.put(cell.group(1), cell.group(2));
    }
    return cells;
  }

  private static long number(Map<String, Long> counts, String name) {
    return Objects.requireNonNull(counts.get(name), name);
  }

  private static String text(Map<String, String> cells, String column) {
    return text(Objects.requireNonNull(cells.get(column), column));
  }

  private static String text(String html) {
    return html.replaceAll("<[^>]*>", "").replaceAll("[ \\n]+", " ").strip();
  }
}
