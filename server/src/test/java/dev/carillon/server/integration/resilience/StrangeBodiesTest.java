package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.reference.References;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.CallbackSender;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.SimulatedWorld;
import dev.carillon.server.integration.harness.StrangeBodies;
import dev.carillon.server.integration.harness.StrangeBodies.Body;
import dev.carillon.server.integration.harness.TestServer;
import dev.carillon.server.integration.harness.WhatsAppConnection;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever comes to an address that takes a body is answered in that address's way and never is the
 * server's fault; what was taken can be read, what was refused left nothing, and all goes on.
 *
 * <p>The system property {@code test.seeds} says how much is sent, {@code test.seed} repeats a run.
 */
class StrangeBodiesTest {
  private static final int SEEDS = Integer.getInteger("test.seeds", 40);
  private static final int MOST_READS = 2 * SEEDS;
  private static final long SEED = Long.getLong("test.seed", System.nanoTime());

  /** Takes the place of an identity that no other body has. */
  private static final String WHO = "@WHO@";

  private static final List<String> UPLOADS =
      List.of(
          """
          {'d':[{'type':'profile','identity':'@WHO@','ts':1772440000,'profileData':{'Name':'Asha',
           'Phone':'+919812345678','Email':'asha@example.com','Tz':'Asia/Kolkata','MSG-whatsapp':true,
           'level':{'$incr':2},'tags':{'$add':['a','b']},'gone':null,'born':'$D_662601600',
           'nested':{'a':[1,{'b':null}]}}},
           {'type':'event','identity':'@WHO@','evtName':'Charged','ts':1772440001,
            'evtData':{'Amount':499.5,'Items':[{'sku':'x','n':2}],'at':'2026-03-02'}},
           {'type':'event','objectId':'v-@WHO@','identityToken':'a.b.c','evtName':'Looked',
            'evtData':{}}]}""",
          "{'d':[{'type':'event','FBID':'@WHO@','evtName':'Looked','evtData':{'a':true}}]}");

  private static final List<String> MESSAGES =
      List.of(
          """
          {'type':'track','userId':'@WHO@','anonymousId':'v-@WHO@','event':'Charged','messageId':'m-@WHO@',
           'timestamp':'2026-03-02T08:59:00.000Z','sentAt':'2026-03-02T09:00:00Z','writeKey':'@KEY@',
           'properties':{'Amount':12.5,'list':[1,{'a':null}]},
           'context':{'ip':'192.0.2.1','page':{'url':'https://shop.example/'},'library':{'name':'x'},
            'identityToken':'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.AAAA'},
           'integrations':{'All':true},'_metadata':{'bundled':[]}}""",
          """
          {'type':'identify','userId':'@WHO@','anonymousId':'v-@WHO@','writeKey':'@KEY@',
           'traits':{'email':'asha@example.com','phone':'+919812345678','name':'Asha','plan':'pro',
            'address':{'city':'Pune'}},'originalTimestamp':'2026-03-02T08:59:00+05:30'}""",
          """
          {'type':'alias','userId':'@WHO@','previousId':'v-@WHO@','writeKey':'@KEY@','groupId':'g',
           'name':'Home','category':'Shop'}""",
          """
          {'writeKey':'@KEY@','sentAt':'2026-03-02T09:00:00Z','batch':[
           {'type':'track','userId':'@WHO@','event':'Looked','properties':{'a':1}},
           {'type':'page','anonymousId':'v-@WHO@','name':'Home','properties':{'path':'/'}},
           {'type':'screen','userId':'@WHO@','name':'Cart'},
           {'type':'identify','userId':'@WHO@','anonymousId':'v-@WHO@','traits':{'plan':'pro'}},
           {'type':'alias','userId':'@WHO@','previousId':'v-@WHO@'},
           {'type':'group','userId':'@WHO@','groupId':'g','traits':{'x':1}}]}""");

  private static final List<String> CALLBACKS =
      List.of(
          """
          {'object':'whatsapp_business_account','entry':[{'id':'1','changes':[{'field':'messages',
           'value':{'messaging_product':'whatsapp','metadata':{'phone_number_id':'@NUMBER@'},
            'statuses':[
             {'id':'wamid.1','status':'delivered','timestamp':'1772440000','recipient_id':'919812345678',
              'biz_opaque_callback_data':'@REF@','conversation':{'id':'c','origin':{'type':'utility'}},
              'pricing':{'billable':true,'category':'marketing'}},
             {'id':'wamid.1','status':'failed','timestamp':'1772440001','recipient_id':'919812345678',
              'recipient_user_id':'IN.1','biz_opaque_callback_data':'@REF@',
              'errors':[{'code':131026,'title':'Undeliverable','message':'m','error_data':{'details':'d'}}]},
             {'id':'wamid.2','status':'read','timestamp':'1772440002','recipient_id':'919812345678'}]}}]}]}""",
          """
          {'object':'whatsapp_business_account','entry':[{'id':'1','changes':[{'field':'messages',
           'value':{'metadata':{'phone_number_id':'@NUMBER@'},
            'contacts':[{'profile':{'name':'Asha'},'wa_id':'919812345678','user_id':'IN.1'}],
            'messages':[
             {'from':'919812345678','id':'@WHO@','timestamp':'1772440000','type':'text',
              'text':{'body':'STOP'},'context':{'id':'wamid.1'}},
             {'from':'919812345678','id':'b@WHO@','timestamp':'1772440000','type':'button',
              'button':{'payload':'p','text':'Yes'}},
             {'from':'919812345678','id':'i@WHO@','timestamp':'1772440000','type':'interactive',
              'interactive':{'type':'button_reply','button_reply':{'id':'1','title':'Yes'}}},
             {'from':'919812345678','id':'s@WHO@','timestamp':'1772440000','type':'system',
              'system':{'type':'user_changed_number','wa_id':'919812345679'}}]}},
            {'field':'user_preferences','value':{'metadata':{'phone_number_id':'@NUMBER@'},
             'user_preferences':[{'wa_id':'919812345678','category':'marketing_messages',
              'value':'stop','timestamp':1772440000}]}},
            {'field':'message_template_status_update','value':{'event':'PAUSED',
             'message_template_id':1,'message_template_name':'t','reason':'LOW_QUALITY'}},
            {'field':'phone_number_quality_update','value':{'event':'FLAGGED','current_limit':'TIER_1K'}}]}]}""");

  private static final List<String> CAMPAIGNS =
      List.of(
          """
          {'name':'@WHO@','channel':'whatsapp','labels':['a'],'when':{'type':'recurring','every':'week',
           'on':['MON'],'at':'10:00','until':'2026-06-01'},
           'who':{'rule':{'all':[{'property':'city','op':'equals','value':'Pune'},
            {'did':'Charged','atLeast':1,'within':'P30D',
             'where':[{'property':'Amount','op':'greaterThan','value':100}]},
            {'not':{'any':[{'segment':'1'},{'reachable':'whatsapp'}]}}]}},
           'controlGroup':{'percent':10,'system':true},
           'delivery':{'zone':'user','passed':'nextDay','quietHours':{'from':'22:00','to':'08:00',
            'then':'delay'},'cutOff':'20:00','throttle':{'messagesPer5Minutes':1000},'graceMinutes':60},
           'what':{'provider':'1','variants':[
            {'name':'A','share':50,'template':{'name':'t','language':'en','parameters':['{{ Name }}'],
             'header':{'type':'image','value':'https://x.example/a.png'},
             'buttons':[{'index':0,'type':'url','value':'x'}]}},
            {'name':'B','share':50,'template':{'name':'t','language':'en','parameters':[]}}]},
           'limits':{'caps':true,'gap':'PT5M','target':{'overall':10,'perRun':5,'perDay':5},'safety':100},
           'goal':{'event':'Charged','within':'P2D','where':[{'property':'a','op':'exists'}],
            'revenueProperty':'Amount'}}""",
          """
          {'name':'@WHO@','channel':'whatsapp','when':{'type':'dates','at':['2026-12-01T10:00']},
           'who':{'rule':{'everyone':true}},'what':{'provider':'1','template':{'name':'t',
            'language':'en_US','parameters':[{'name':'n','text':'{{ Name | default: ~x~ }}'}]}}}""");

  private static final List<String> RULES =
      List.of(
          """
          {'rule':{'any':[{'property':'City','op':'in','value':['Pune','Agra']},
           {'property':'born','op':'before','value':'2000-01-01'},
           {'property':'level','op':'between','value':[1,2]},
           {'didNot':'Charged','from':'2026-01-01','to':'2026-03-01'},
           {'last':'Looked','within':'P7D'},{'bucket':{'from':0,'to':9}},
           {'sum':'Amount','of':'Charged','op':'greaterOrEqual','value':10,'within':'P30D'}]},
           'controlGroup':{'percent':10}}""",
          "{'rule':{'everyone':true}}");

  private static final String CONNECTION =
      """
      {'type':'whatsapp-cloud','name':'@WHO@','settings':{'baseUrl':'http://127.0.0.1:9',
       'version':'v25.0','phoneNumberId':'77','businessAccountId':'2','messagesPerSecond':80,
       'stopWords':'basta, fine'},'secrets':{'accessToken':'a','appSecret':'b','verifyToken':'c'}}""";

  private static final String SETTINGS =
      """
      {'zone':'Asia/Kolkata','weekStart':'monday','currency':'INR','country':'IN',
       'quietHours':{'from':'22:00','to':'08:00','then':'delay'},
       'caps':[{'channel':'whatsapp','messages':3,'within':'P7D'}],'systemControlGroup':{'percent':3}}""";

  private static final String KEY =
      "{'name':'@WHO@','scopes':['data:append'],'identityTokens':'required'}";

  private static final String FILE =
      """
      id,Name,Phone,Age,Joined,MSG-whatsapp,pin
      @WHO@,Asha,+919812345678,30,2026-01-02,yes,00123
      b-@WHO@,"Rao, R",9812345679,31.5,2026-02-03,no,00456
      c-@WHO@,Mia,,,,,
      """;

  @TempDir private static Path folder;
  private static SimulatedWorld world;
  private static FactStore facts;
  private static FormBrowser browser;
  private static String reference = "";
  private static String everybody = "";
  private static List<String> keys = List.of();
  private static int made;
  private static final Set<String> READ = new HashSet<>();

  /** How an address says no. */
  enum Refusal {
    UPLOAD,
    SEGMENT,
    HOOK,
    PROBLEM
  }

  /**
   * An address that takes a body.
   *
   * @param sound what it takes
   * @param times how many bodies are sent for each of the seeds
   */
  record Endpoint(String method, String path, List<String> sound, Refusal refusal, int times) {
    Endpoint(String method, String path, List<String> sound, Refusal refusal) {
      this(method, path, sound, refusal, 2);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static Stream<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(new Endpoint("POST", "/1/upload", UPLOADS, Refusal.UPLOAD, 5));
    for (String path :
        List.of(
            "track",
            "identify",
            "alias",
            "page",
            "screen",
            "group",
            "batch",
            "import",
            "t",
            "i",
            "a",
            "p",
            "s",
            "g",
            "b")) {
      endpoints.add(new Endpoint("POST", "/v1/" + path, MESSAGES, Refusal.SEGMENT));
    }
    endpoints.add(new Endpoint("POST", "/hooks/1", CALLBACKS, Refusal.HOOK, 5));
    endpoints.add(new Endpoint("POST", "/api/v1/campaigns", CAMPAIGNS, Refusal.PROBLEM));
    endpoints.add(new Endpoint("PATCH", "/api/v1/campaigns/2", CAMPAIGNS, Refusal.PROBLEM));
    endpoints.add(
        new Endpoint(
            "POST",
            "/api/v1/campaigns/2/test",
            List.of("{'identities':['known','@WHO@']}"),
            Refusal.PROBLEM));
    endpoints.add(
        new Endpoint(
            "POST", "/api/v1/campaigns/{paused}/resume", List.of("{}"), Refusal.PROBLEM, 1));
    List<String> segments =
        RULES.stream()
            .map(rule -> rule.replace("{'rule'", "{'name':'@WHO@','rule'"))
            .map(rule -> rule.replaceFirst(",\\s*'controlGroup'.*}", "}"))
            .toList();
    endpoints.add(new Endpoint("POST", "/api/v1/segments", segments, Refusal.PROBLEM));
    endpoints.add(new Endpoint("PATCH", "/api/v1/segments/1", segments, Refusal.PROBLEM));
    endpoints.add(new Endpoint("POST", "/api/v1/segments/estimate", RULES, Refusal.PROBLEM));
    endpoints.add(new Endpoint("POST", "/api/v1/segments/1/estimate", RULES, Refusal.PROBLEM));
    endpoints.add(
        new Endpoint("POST", "/api/v1/providers", List.of(CONNECTION), Refusal.PROBLEM, 1));
    endpoints.add(
        new Endpoint("PATCH", "/api/v1/providers/2", List.of(CONNECTION), Refusal.PROBLEM, 2));
    endpoints.add(new Endpoint("PATCH", "/api/v1/settings", List.of(SETTINGS), Refusal.PROBLEM, 2));
    endpoints.add(new Endpoint("POST", "/api/v1/keys", List.of(KEY), Refusal.PROBLEM, 1));
    endpoints.add(new Endpoint("PATCH", "/api/v1/keys/{key}", List.of(KEY), Refusal.PROBLEM, 1));
    endpoints.add(
        new Endpoint(
            "POST",
            "/api/v1/identity-keys",
            List.of("{'name':'@WHO@','algorithm':'ES256'}", "{'name':'@WHO@','algorithm':'HS256'}"),
            Refusal.PROBLEM,
            1));
    endpoints.add(new Endpoint("POST", "/api/v1/people/import", List.of(FILE), Refusal.PROBLEM, 1));
    endpoints.add(new Endpoint("POST", "/api/v1/lists", List.of(FILE), Refusal.PROBLEM, 1));
    endpoints.add(
        new Endpoint("PUT", "/api/v1/lists/1/contents", List.of(FILE), Refusal.PROBLEM, 1));
    return endpoints.stream();
  }

  @BeforeAll
  static void start() throws Exception {
    world = new SimulatedWorld(folder, 5, WebhookChaos.none());
    facts = world.server.context().getBean(FactStore.class);
    ObjectNode known = Api.json("{'type':'profile','identity':'known'}");
    known.putObject("profileData").put("Name", "Known").put("Phone", "+919812345678");
    world.api.upload(List.of(known));
    String sent =
        world.create(
            """
            {'name':'Sent','channel':'whatsapp','when':{'type':'now'},'who':{'rule':{'everyone':true}},
             'what':{'template':{'name':'hello_world','language':'en_US'}}}""");
    world.launch(sent);
    world.runUntil(sent, "completed");
    reference =
        world
            .server
            .context()
            .getBean(References.class)
            .of(new MessageRef(Integer.parseInt(sent), 0));
    fresh("{connection}");
    fresh("{draft}");
    fresh("{segment}");
    fresh("{list}");
    everybody = fresh("{segment}");
    keys = List.of(TestServer.KEY, publicKey("optional"), publicKey("required"));
    browser = new FormBrowser(world.address);
    browser.signIn("admin", TestServer.PASSWORD);
    world.time.run(1);
  }

  private static String publicKey(String tokens) {
    String key = KEY.replace(WHO, tokens).replace("'required'", "'" + tokens + "'");
    return world.api.post("/api/v1/keys", key).get("key").stringValue();
  }

  /** Makes what is named in braces, and answers its id; empty where nothing is. */
  private static String fresh(String place) {
    String name = "fresh " + made++;
    if (place.contains("{draft}")) {
      String draft = CAMPAIGNS.getLast().replace(WHO, name).replace("~", "\\\"");
      return world.api.post("/api/v1/campaigns", draft).get("id").stringValue();
    }
    if (place.contains("{segment}")) {
      String segment = "{'name':'%s','rule':{'everyone':true}}".formatted(name);
      return world.api.post("/api/v1/segments", segment).get("id").stringValue();
    }
    if (place.contains("{connection}")) {
      String connection = CONNECTION.replace(WHO, name);
      return world.api.post("/api/v1/providers", connection).get("id").stringValue();
    }
    if (place.contains("{list}")) {
      HttpRequest.Builder list =
          world
              .api
              .request("/api/v1/lists?name=list" + made)
              .header("Authorization", "Bearer " + TestServer.KEY)
              .header("Content-Type", "text/csv")
              .POST(BodyPublishers.ofString("id\nknown\n"));
      return Api.tree(world.api.send(list.build()).body()).get("id").stringValue();
    }
    if (place.contains("{key}")) {
      String key = KEY.replace(WHO, name);
      return world.api.post("/api/v1/keys", key).get("id").stringValue();
    }
    if (place.contains("{paused}")) {
      String id =
          world.create(
              """
              {'name':'%s','channel':'whatsapp','when':{'type':'at','at':'2027-03-02T09:00'},
               'who':{'rule':{'everyone':true}},
               'what':{'template':{'name':'hello_world','language':'en_US'}}}"""
                  .formatted(name));
      world
          .server
          .context()
          .getBean(CampaignStore.class)
          .moveCampaign(
              Integer.parseInt(id),
              EnumSet.of(CampaignStatus.DRAFT),
              CampaignStatus.PAUSED,
              null,
              null,
              world.time.instant());
      return id;
    }
    return "";
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void whateverComesIsAnsweredAndSpoilsNothing(Endpoint endpoint) {
    Random random = new Random(SEED ^ endpoint.toString().hashCode());
    StrangeBodies bodies = new StrangeBodies(random);
    String path = endpoint.path().replaceAll("\\{.*}", fresh(endpoint.path()));
    takesASoundBody(endpoint, path);
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < SEEDS * endpoint.times(); i++) {
      String who = "w%016x".formatted(random.nextLong());
      String sound =
          filled(
              endpoint.sound().get(random.nextInt(endpoint.sound().size())),
              who,
              random.nextInt(4) == 0 ? "c1AAAA" : reference);
      Body body = sound.startsWith("{") ? bodies.json(sound) : bodies.csv(sound);
      HttpRequest.Builder request = world.api.request(path + query(endpoint, bodies, random, who));
      body.in(request, endpoint.method());
      authorize(endpoint, body, random, request);
      HttpResponse<byte[]> answer = world.api.send(request.build());
      String what = "-Dtest.seed=%d, %s, number %d: %s".formatted(SEED, endpoint, i, body);
      check(endpoint.refusal(), answer, what);
      if (answer.statusCode() >= 400
          && (endpoint.path().startsWith("/1/") || endpoint.path().startsWith("/v1/"))) {
        refused.add(who);
      }
    }
    allGoesOn();
    for (String who : refused) {
      assertThat(facts.person(Identity.user(who))).as("-Dtest.seed=%d: %s", SEED, who).isEmpty();
    }
    everybodyCanBeRead();
  }

  /** Else all the strange bodies might be refused for a reason that is not theirs. */
  private static void takesASoundBody(Endpoint endpoint, String path) {
    String query =
        switch (endpoint.path()) {
          case "/api/v1/lists" -> "?name=sound";
          case "/api/v1/lists/1/contents" -> "?confirm=true";
          default -> "";
        };
    List<String> answers = new ArrayList<>();
    for (String text : endpoint.sound()) {
      String sound = filled(text, "sound" + made++, reference);
      byte[] bytes = sound.getBytes(StandardCharsets.UTF_8);
      HttpRequest.Builder request =
          world
              .api
              .request(path + query)
              .header("Content-Type", sound.startsWith("{") ? "application/json" : "text/csv")
              .method(endpoint.method(), BodyPublishers.ofByteArray(bytes));
      if (endpoint.refusal() == Refusal.HOOK) {
        request.header("X-Hub-Signature-256", "sha256=" + CallbackSender.signature(world, bytes));
      } else {
        request.header("Authorization", "Bearer " + TestServer.KEY);
      }
      HttpResponse<byte[]> answer = world.api.send(request.build());
      answers.add(answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    assertThat(answers).anyMatch(answer -> answer.startsWith("2"));
  }

  private static String filled(String sound, String who, String reference) {
    String text =
        sound
            .replace(WHO, who)
            .replace("@KEY@", TestServer.KEY)
            .replace("@NUMBER@", world.simulator.whatsApp().account().phoneNumberId())
            .replace("@REF@", reference);
    return text.startsWith("{") ? text.replace('\'', '"').replace("~", "\\\"") : text;
  }

  private static String query(Endpoint endpoint, StrangeBodies bodies, Random random, String who) {
    boolean odd = random.nextInt(5) == 0;
    return switch (endpoint.path()) {
      case "/api/v1/lists" ->
          odd ? bodies.query(List.of("name", "column", "match", "header")) : "?name=" + who;
      case "/api/v1/lists/1/contents" ->
          odd ? bodies.query(List.of("column", "match", "header", "confirm")) : "?confirm=true";
      case "/api/v1/people/import" ->
          odd ? bodies.query(List.of("map", "country")) : random.nextBoolean() ? "?country=IN" : "";
      case "/1/upload" -> odd ? bodies.query(List.of("dryRun")) : "";
      default -> "";
    };
  }

  private static void authorize(
      Endpoint endpoint, Body body, Random random, HttpRequest.Builder request) {
    if (endpoint.refusal() == Refusal.HOOK) {
      String signature = CallbackSender.signature(world, body.content());
      switch (random.nextInt(8)) {
        case 0 -> {}
        case 1 -> request.header("X-Hub-Signature-256", "sha256=" + "0".repeat(64));
        case 2 -> request.header("X-Hub-Signature-256", signature);
        default -> request.header("X-Hub-Signature-256", "sha256=" + signature);
      }
      return;
    }
    String key =
        endpoint.refusal() == Refusal.PROBLEM ? TestServer.KEY : keys.get(random.nextInt(4) % 3);
    switch (random.nextInt(endpoint.refusal() == Refusal.PROBLEM ? 20 : 8)) {
      case 0 -> {}
      case 1 ->
          request.header(
              "Authorization",
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString((key + ":").getBytes(StandardCharsets.UTF_8)));
      case 2 -> request.header("X-CleverTap-Passcode", key);
      default -> request.header("Authorization", "Bearer " + key);
    }
  }

  private static void check(Refusal refusal, HttpResponse<byte[]> answer, String what) {
    int status = answer.statusCode();
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    assertThat(status).as("%s%n%s", what, text).isBetween(200, 499);
    if (status < 400) {
      return;
    }
    if (refusal == Refusal.HOOK && text.isEmpty()) {
      // A provider reads the status only.
      return;
    }
    JsonNode problem = Api.tree(answer.body());
    String words =
        switch (refusal) {
          case UPLOAD -> {
            assertThat(problem.get("status").stringValue()).as(what).isEqualTo("fail");
            assertThat(problem.get("processed").intValue()).as(what).isZero();
            yield problem.get("error").stringValue();
          }
          case SEGMENT -> {
            assertThat(problem.get("success").booleanValue()).as(what).isFalse();
            yield problem.get("message").stringValue();
          }
          case HOOK, PROBLEM -> {
            assertThat(problem.get("status").intValue()).as(what).isEqualTo(status);
            yield problem.get("detail").stringValue();
          }
        };
    assertThat(words).as(what).isNotBlank();
    assertThat(problem.get("code").stringValue()).as("%s%n%s", what, text).isNotBlank();
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .as(what)
        .startsWith(refusal == Refusal.PROBLEM ? "application/problem+json" : "application/json");
  }

  /** The server is well, nothing was set aside, and data is still taken. */
  private static void allGoesOn() {
    String seed = "-Dtest.seed=" + SEED;
    assertThat(world.api.get("/actuator/health").get("status").stringValue())
        .as(seed)
        .isEqualTo("UP");
    assertThat(world.api.get("/api/v1/dead-letters").get("total").longValue()).as(seed).isZero();
    ObjectNode usual = Api.json("{'type':'profile','identity':'usual'}");
    String mark = "mark-" + made++;
    usual.putObject("profileData").put("mark", mark);
    world.api.upload(List.of(usual));
    assertThat(world.api.get("/api/v1/people?identity=usual").at("/properties/mark").stringValue())
        .isEqualTo(mark);
  }

  /** Those who came since this was asked, so many of them that it does not take too long. */
  private static void everybodyCanBeRead() {
    int reads = 0;
    String next = "";
    while (next != null && reads < MOST_READS) {
      JsonNode page = world.api.get("/api/v1/segments/" + everybody + "/people?limit=500" + next);
      for (JsonNode person : page.get("people")) {
        String identity = person.get("identity").stringValue();
        if (reads < MOST_READS && READ.add(identity)) {
          read(identity);
          reads++;
        }
      }
      next = page.hasNonNull("next") ? "&cursor=" + page.get("next").stringValue() : null;
    }
  }

  private static void read(String identity) {
    String named = "?identity=" + URLEncoder.encode(identity, StandardCharsets.UTF_8);
    for (String path : List.of("/api/v1/people", "/api/v1/people/timeline")) {
      HttpResponse<byte[]> answer = world.api.answer("GET", path + named, null);
      assertThat(answer.statusCode()).as("-Dtest.seed=%d %s%s", SEED, path, named).isEqualTo(200);
      assertThat(Api.tree(answer.body()).isObject()).isTrue();
    }
  }

  /** Every address that the description gives a body. */
  @Test
  void noDoorIsLeftOut() {
    Set<String> missing = new TreeSet<>();
    List<Endpoint> endpoints = endpoints().toList();
    world
        .api
        .get("/openapi")
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          String endpoint =
                              operation.getKey().toUpperCase(Locale.ROOT)
                                  + " "
                                  + path.getKey().replaceAll("\\{[^}]*}", "[^/]+");
                          if (operation.getValue().has("requestBody")
                              && endpoints.stream()
                                  .noneMatch(one -> one.toString().matches(endpoint))) {
                            missing.add(endpoint);
                          }
                        }));
    assertThat(missing).isEmpty();
  }

  @Test
  void oddHandshakesAndIdentitiesAreAnswered() {
    StrangeBodies bodies = new StrangeBodies(new Random(SEED));
    for (int i = 0; i < SEEDS * 2; i++) {
      for (String path :
          List.of(
              "/hooks/1?hub.mode=subscribe&hub.verify_token=" + WhatsAppConnection.VERIFY_TOKEN,
              "/hooks/1",
              "/hooks/99")) {
        String more =
            bodies.query(List.of("hub.mode", "hub.verify_token", "hub.challenge", "hub.challenge"));
        String query = path.contains("?") ? more.replace('?', '&') : more;
        HttpResponse<byte[]> answer = world.api.send(world.api.request(path + query).GET().build());
        check(Refusal.HOOK, answer, "-Dtest.seed=" + SEED + " " + path + query);
        if (answer.statusCode() == 200) {
          assertThat(answer.headers().firstValue("Content-Type").orElse("text/plain"))
              .startsWith("text/plain");
        }
      }
      for (String path : List.of("/api/v1/people", "/api/v1/people/timeline")) {
        String query = bodies.query(List.of("identity"));
        HttpResponse<byte[]> answer = world.api.answer("GET", path + query, null);
        check(Refusal.PROBLEM, answer, "-Dtest.seed=" + SEED + " " + path + query);
      }
    }
    allGoesOn();
  }

  @ParameterizedTest
  @CsvSource({
    "/campaigns/new, /campaigns",
    "/campaigns/{draft}/edit/when, /campaigns/{draft}/edit/when",
    "/campaigns/{draft}/edit/when, /campaigns/{draft}/edit/when/preview",
    "/campaigns/{draft}/edit/when, /campaigns/{draft}/edit/when/dates/preview",
    "/campaigns/{draft}/edit/who, /campaigns/{draft}/edit/who",
    "/campaigns/{draft}/edit/who, /campaigns/{draft}/edit/who/preview",
    "/campaigns/{draft}/edit/what, /campaigns/{draft}/edit/what",
    "/campaigns/{draft}/edit/what, /campaigns/{draft}/edit/what/preview",
    "/campaigns/{draft}/edit/what, /campaigns/{draft}/edit/what/template/preview",
    "/campaigns/{draft}/edit/what, /campaigns/{draft}/edit/what/people/preview",
    "/campaigns/{draft}/edit/what, /campaigns/{draft}/edit/what/check/preview",
    "/campaigns/{draft}/edit/labels, /campaigns/{draft}/edit/labels",
    "/campaigns/{draft}/edit/labels, /campaigns/{draft}/edit/labels/filters/preview",
    "/campaigns/{draft}/test, /campaigns/{draft}/test",
    "/campaigns, /campaigns/bulk",
    "/campaigns, /campaigns/views",
    "/campaigns, /campaigns/views/forget",
    "/segments/new, /segments",
    "/segments/{segment}/edit, /segments/{segment}",
    "/segments/new, /rules/estimate",
    "/connections/new, /connections",
    "/connections/{connection}/edit, /connections/{connection}",
    "/lists/new, /lists",
    "/lists/{list}/replace, /lists/{list}/replace",
    "/people/imports, /people/imports/preview",
    "/people/imports, /people/import",
    "/people/delete?id=u:known, /people/delete",
    "/settings, /settings/account",
    "/settings, /settings/keys",
    "/settings, /settings/keys/2/tokens",
    "/settings, /settings/identity-keys",
    "/account, /account/password",
    "/login, /login",
  })
  void whateverIsTypedIntoAFormIsAnswered(String place, String target) throws Exception {
    Random random = new Random(SEED ^ target.hashCode());
    String fresh = fresh(place);
    String page = place.replaceAll("\\{.*}", fresh);
    String action = target.replaceAll("\\{.*}", fresh);
    StrangeBodies bodies = new StrangeBodies(random);
    FormBrowser sender = page.equals("/login") ? new FormBrowser(world.address) : browser;
    String shown = sender.get(page).body();
    String token = sender.token(page.equals("/login") ? page : "/account");
    Map<String, String> fields = fields(shown);
    boolean file = fields.remove("file") != null;
    for (int i = 0; i < (page.equals("/login") || page.equals("/account") ? 8 : SEEDS / 2); i++) {
      Body body =
          file
              ? bodies.parts(token, fields, FILE.replace(WHO, "f" + random.nextInt()))
              : bodies.form(token, fields);
      String what = "-Dtest.seed=%d, %s, number %d: %s".formatted(SEED, action, i, body);
      isPage(sender.send(body.in(sender.request(action), "POST")), what);
    }
    allGoesOn();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/campaigns?search,channel,status,label,createdBy,archived,from,to,order,page,view",
        "/campaigns/compare?id,by,label,counting,from,to",
        "/campaigns/1?from,to,run,variant,counting,every",
        "/campaigns/1/people?set,cursor,from,to,run",
        "/campaigns/1/launch?version",
        "/people?q,cursor",
        "/people/person?id,kind,before",
        "/people/delete?id",
        "/segments/1/people?after",
        "/settings/audit?from,to,who,action,cursor",
        "/connections/new?type",
        "/connections/1?from,to",
        "/login?failed,out,ended,browser,name",
      })
  void anyAddressOfAPageIsAnswered(String page) throws Exception {
    String path = page.substring(0, page.indexOf('?'));
    List<String> names = List.of(page.substring(page.indexOf('?') + 1).split(",", -1));
    StrangeBodies bodies = new StrangeBodies(new Random(SEED ^ page.hashCode()));
    for (int i = 0; i < SEEDS / 2; i++) {
      String query = bodies.query(names);
      isPage(browser.get(path + query), "-Dtest.seed=" + SEED + " " + path + query);
    }
  }

  private static void isPage(HttpResponse<String> answer, String what) {
    assertThat(answer.statusCode()).as("%s%n%s", what, answer.body()).isBetween(200, 499);
    if (answer.statusCode() >= 400) {
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .as(what)
          .startsWith("text/html");
      assertThat(answer.body()).as(what).containsIgnoringCase("</");
    }
  }

  /** The names of the fields of a page's forms, with what they hold at first. */
  private static Map<String, String> fields(String page) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher tag = Pattern.compile("<(?:input|select|textarea|button)\\b[^>]*>").matcher(page);
    while (tag.find()) {
      Matcher name = Pattern.compile("\\bname=\"([^\"]+)\"").matcher(tag.group());
      Matcher value = Pattern.compile("\\bvalue=\"([^\"]*)\"").matcher(tag.group());
      if (name.find() && !name.group(1).equals("_csrf")) {
        fields.putIfAbsent(name.group(1), value.find() ? value.group(1) : "1");
      }
    }
    assertThat(fields).isNotEmpty();
    return fields;
  }
}
