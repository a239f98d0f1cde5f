package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.server.access.Role;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.key.ApiKeys;
import dev.carillon.server.access.login.Logins;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who may see people, and that it is recorded when they do. */
class PersonalDataTest {
  private static final String PHONE = "919876112233";
  private static final String EMAIL = "asha.unique@example.com";
  private static final String IDENTITY = "person-under-audit";

  @TempDir private static Path data;
  private static RunningServer server;
  private static Api api;

  /** A key that may see and make campaigns, and not people. */
  private static Api campaigns;

  private static String segment = "";
  private static String list = "";
  private static String campaign = "";

  @BeforeAll
  static void start() {
    server = TestServer.start(data, Map.of(), _ -> {});
    api = new Api(server.address(), TestServer.KEY);
    campaigns = key("campaigns", Scope.CAMPAIGNS_READ, Scope.CAMPAIGNS_WRITE);
    ObjectNode person = Api.json("{'type':'profile'}").put("identity", IDENTITY);
    person
        .putObject("profileData")
        .put("Name", "Asha")
        .put("Phone", "+" + PHONE)
        .put("Email", EMAIL)
        .put("City", "Pune");
    api.upload(List.of(person));
    segment =
        api.post("/api/v1/segments", "{'name':'By mail','rule':" + rule("Email", "equals") + "}")
            .get("id")
            .stringValue();
    list =
        id(upload(api, "/api/v1/lists?name=Known&match=phone", "+" + PHONE + "\n+4915112345678"));
    campaign =
        api.post("/api/v1/campaigns", "{'name':'Draft','channel':'whatsapp'}")
            .get("id")
            .stringValue();
  }

  @AfterAll
  static void stop() {
    campaigns.close();
    api.close();
    server.close();
  }

  private static Api key(String name, Scope... scopes) {
    return new Api(
        server.address(),
        server
            .context()
            .getBean(ApiKeys.class)
            .create(name, EnumSet.copyOf(List.of(scopes)), false, Actor.SYSTEM)
            .key());
  }

  private static String rule(String property, String operator) {
    String value = operator.equals("exists") ? "" : ",'value':'" + EMAIL + "'";
    return "{'property':'%s','op':'%s'%s}".formatted(property, operator, value);
  }

  private static HttpResponse<byte[]> upload(Api by, String path, String csv) {
    return by.send(
        by.request(path + "&header=false")
            .header("Authorization", "Bearer " + by.key())
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofString(csv))
            .build());
  }

  private static String id(HttpResponse<byte[]> made) {
    assertThat(made.statusCode()).isEqualTo(201);
    return Api.tree(made.body()).get("id").stringValue();
  }

  private static int estimate(Api by, String rule) {
    return by.answer("POST", "/api/v1/segments/estimate", Api.json("{'rule':" + rule + "}"))
        .statusCode();
  }

  @ParameterizedTest
  @CsvSource({
    "Email, startsWith, 403",
    "Phone, equals, 403",
    "Name, contains, 403",
    "work_email, notEquals, 403",
    "Email, exists, 200",
    "City, equals, 200",
  })
  void whetherSomebodyIsKnownIsForThoseWhoMaySeePeople(String property, String op, int status) {
    assertThat(estimate(campaigns, rule(property, op))).isEqualTo(status);
    assertThat(estimate(api, rule(property, op))).isEqualTo(200);
  }

  @Test
  void aSavedRuleIsNoWayAround() {
    String nested = "{'all':[{'segment':%s},{'property':'City','op':'exists'}]}".formatted(segment);
    assertThat(estimate(campaigns, nested)).isEqualTo(403);
    assertThat(
            campaigns
                .answer("POST", "/api/v1/segments/" + segment + "/estimate", null)
                .statusCode())
        .isEqualTo(403);
    api.call("POST", "/api/v1/segments/" + segment + "/estimate", null);
    assertThat(api.get("/api/v1/segments/" + segment).has("counted")).isTrue();
    assertThat(campaigns.get("/api/v1/segments/" + segment).has("counted")).isFalse();
    assertThat(campaigns.get("/api/v1/segments").get("segments").get(0).has("counted")).isFalse();
  }

  @Test
  void theRowsOfAListAreForThoseWhoMaySeePeople() {
    JsonNode seen = api.get("/api/v1/lists/" + list);
    assertThat(seen.at("/report/unknownFirst/0/text").stringValue()).contains("4915112345678");
    for (JsonNode hidden :
        List.of(
            campaigns.get("/api/v1/lists/" + list),
            campaigns.get("/api/v1/lists").get("lists").get(0))) {
      assertThat(hidden.at("/report/unknown").intValue()).isEqualTo(1);
      assertThat(hidden.at("/report/unknownFirst")).isEmpty();
    }
    assertThat(upload(campaigns, "/api/v1/lists?name=Probe&match=phone", "+" + PHONE).statusCode())
        .as("a list of one shows whether the number is known")
        .isEqualTo(403);
  }

  @Test
  void readingPeopleIsRecordedWithoutThem() throws Exception {
    FormBrowser browser = new FormBrowser(server.address());
    server
        .context()
        .getBean(Logins.class)
        .add("vera", TestServer.PASSWORD, Role.VIEWER, Actor.SYSTEM);
    browser.signIn("vera", TestServer.PASSWORD);
    Api reader = key("reader", Scope.PEOPLE_READ, Scope.CAMPAIGNS_READ, Scope.REPORTS_READ);
    String named = "?identity=" + IDENTITY;
    for (String path :
        List.of(
            "/api/v1/people" + named,
            "/api/v1/people/timeline" + named,
            "/api/v1/people?query=" + EMAIL,
            "/api/v1/segments/" + segment + "/people",
            "/api/v1/lists/" + list + "/people",
            "/api/v1/lists/" + list,
            "/api/v1/suggestions/values?property=Email",
            "/api/v1/campaigns/" + campaign + "/report/people?set=sent",
            "/api/v1/campaigns/" + campaign + "/control-group.csv",
            "/api/v1/settings/system-control-group.csv")) {
      assertThat(reader.answer("GET", path, null).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(estimate(reader, rule("Phone", "equals"))).isEqualTo(200);
    reader.close();
    for (String path :
        List.of(
            "/people/person?id=u:" + IDENTITY,
            "/people?q=%2B" + PHONE,
            "/segments/" + segment + "/people",
            "/lists/" + list,
            "/campaigns/" + campaign + "/people?set=error:" + EMAIL)) {
      assertThat(browser.get(path).statusCode()).as(path).isEqualTo(200);
    }

    List<String> entries = new ArrayList<>();
    for (JsonNode entry : audit("action=people").get("entries")) {
      entries.add(
          entry.get("who").stringValue()
              + " "
              + entry.get("action").stringValue()
              + " "
              + entry.path("subject").asString("")
              + " "
              + entry.get("detail").stringValue());
    }
    assertThat(entries)
        .contains(
            "reader people.search  1 person",
            "reader people.segment " + segment + " 1 person",
            "reader people.list " + list + " 1 person",
            "reader people.values  1 value",
            "reader people.count  0 people",
            "reader people.behindNumber " + campaign + " sent: 0 people",
            "reader people.exportControlGroup " + campaign + " 0 people",
            "reader people.exportControlGroup  system: 0 people",
            "vera people.read  1 person",
            "vera people.search  1 person",
            "vera people.segment " + segment + " 1 person",
            "vera people.listRows " + list + " 1 row",
            "vera people.behindNumber " + campaign + " error: 0 people")
        // Two reads are one entry or, where a second ends between them, two.
        .anyMatch(entry -> entry.startsWith("reader people.read  "))
        .anyMatch(entry -> entry.startsWith("reader people.listRows " + list));
    String whole = audit("limit=1000").toString();
    assertThat(whole)
        .doesNotContain(IDENTITY)
        .doesNotContain(PHONE)
        .doesNotContain(EMAIL)
        .doesNotContain("4915112345678")
        .doesNotContain("Asha");

    assertThat(browser.get("/settings/audit").statusCode()).isEqualTo(403);
    assertThat(browser.get("/api/v1/audit").statusCode()).isEqualTo(403);
  }

  /** For one who looks for a fault with everything at debug. */
  @Test
  void noLogHoldsWhoWasRead() throws Exception {
    FormBrowser browser = new FormBrowser(server.address());
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    Level level = root.getLevel();
    List<Appender<ILoggingEvent>> usual = new ArrayList<>();
    root.iteratorForAppenders().forEachRemaining(usual::add);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    usual.forEach(root::detachAppender);
    root.addAppender(lines);
    root.setLevel(Level.DEBUG);
    try {
      assertThat(browser.get("/people/person?id=u:" + IDENTITY).statusCode()).isEqualTo(302);
      browser.signIn("admin", TestServer.PASSWORD);
      assertThat(browser.get("/people/person?id=u:" + IDENTITY).statusCode()).isEqualTo(200);
      assertThat(browser.get("/people?q=" + EMAIL).statusCode()).isEqualTo(200);
      api.get("/api/v1/people?query=%2B" + PHONE);
      api.get("/api/v1/people/" + IDENTITY);
      api.post("/api/v1/segments/estimate", "{'rule':" + rule("Email", "equals") + "}");
    } finally {
      root.setLevel(level);
      root.detachAppender(lines);
      usual.forEach(root::addAppender);
    }
    assertThat(lines.list).isNotEmpty();
    assertThat(lines.list)
        .filteredOn(
            line ->
                Stream.of(IDENTITY, PHONE, EMAIL).anyMatch(line.getFormattedMessage()::contains))
        .extracting(ILoggingEvent::getLoggerName)
        .isEmpty();
  }

  private static JsonNode audit(String query) {
    return api.get("/api/v1/audit?" + query);
  }

  @Test
  void theLogIsReadPageByPageAndByWhatIsAskedFor() throws Exception {
    for (int i = 0; i < 5; i++) {
      api.post("/api/v1/segments", "{'name':'=Formula %d','rule':{'everyone':true}}".formatted(i));
    }
    List<String> whole = new ArrayList<>();
    audit("action=segment.create&limit=1000").get("entries").forEach(e -> whole.add(e.toString()));
    assertThat(whole).hasSizeGreaterThanOrEqualTo(6);
    List<String> paged = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = audit("action=segment.create&limit=2" + cursor);
      assertThat(page.get("entries").size()).isBetween(1, 2);
      page.get("entries").forEach(entry -> paged.add(entry.toString()));
      cursor = page.has("next") ? "&cursor=" + page.get("next").stringValue() : "";
    } while (!cursor.isEmpty());
    assertThat(paged).isEqualTo(whole);

    String key = URLEncoder.encode("API key from the start command", StandardCharsets.UTF_8);
    JsonNode first = audit("who=" + key + "&action=segment&limit=1").get("entries").get(0);
    assertThat(first.get("kind").stringValue()).isEqualTo("key");
    assertThat(first.get("keyId").stringValue()).isNotBlank();
    assertThat(audit("who=nobody").get("entries")).isEmpty();
    assertThat(audit("action=segm").get("entries")).isEmpty();
    assertThat(audit("to=2020-01-01").get("entries")).isEmpty();
    assertThat(audit("from=2020-01-01&action=segment.create&limit=1000").get("entries"))
        .hasSize(whole.size());
    String at = first.get("at").stringValue();
    assertThat(audit("action=segment&to=" + at).get("entries"))
        .noneMatch(entry -> entry.get("at").stringValue().equals(at));
    for (String wrong :
        List.of(
            "from=yesterday",
            "to=9999-12-31",
            "from=-1000-01-01T00:00:00Z",
            "limit=0",
            "limit=1001",
            "cursor=x",
            "cursor=x_1")) {
      assertThat(api.answer("GET", "/api/v1/audit?" + wrong, null).statusCode())
          .as(wrong)
          .isEqualTo(400);
    }
  }

  @Test
  void theLogIsExportedAndExportingIsRecorded() {
    HttpResponse<byte[]> file = api.answer("GET", "/api/v1/audit.csv?action=list", null);
    String csv = new String(file.body(), StandardCharsets.UTF_8);
    assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment");
    assertThat(csv)
        .startsWith("at,kind,who,key,action,subject,detail\r\n")
        .contains(",list.create,");
    assertThat(csv.lines().skip(1)).allMatch(line -> line.contains(",list."));
    assertThat(audit("action=audit.export").get("entries")).isNotEmpty();
  }

  @Test
  void theLogIsAPage() throws Exception {
    FormBrowser browser = new FormBrowser(server.address());
    browser.signIn("admin", TestServer.PASSWORD);
    assertThat(browser.get("/settings").body()).contains("href=\"/settings/audit\"");
    String page = browser.get("/settings/audit?action=segment&from=2020-01-01").body();
    assertThat(page)
        .contains("<code>segment.create</code>", "href=\"/segments/" + segment + "\"")
        .doesNotContain("<code>list.create</code>")
        .contains("/api/v1/audit.csv?from=2020-01-01&amp;action=segment");
    assertThat(browser.get("/settings/audit?action=nothing").body()).contains("Nothing fits.");
  }
}
