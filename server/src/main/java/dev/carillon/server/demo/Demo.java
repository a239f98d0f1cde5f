package dev.carillon.server.demo;

import dev.carillon.engine.health.BackgroundLoop;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.time.WaitingClock;
import dev.carillon.simulator.SimulatorServer;
import dev.carillon.simulator.SimulatorSettings;
import dev.carillon.simulator.meta.Outcome;
import dev.carillon.simulator.meta.OutcomeRule;
import dev.carillon.simulator.meta.WhatsAppLimits;
import dev.carillon.simulator.meta.WhatsAppSettings;
import dev.carillon.simulator.meta.account.WhatsAppAccount;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import dev.carillon.simulator.meta.webhook.WebhookDelivery;
import dev.carillon.simulator.people.LifelikeEvent;
import dev.carillon.simulator.people.LifelikeUser;
import dev.carillon.simulator.people.LifelikeUsers;
import dev.carillon.simulator.people.People;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.people.Purchase;
import dev.carillon.simulator.time.SimulatedTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A shop with a past. It owns the clock of a simulated world, in which the server and the providers
 * live too; winds it through three months in which users come, look and buy and campaigns are sent;
 * and lets it follow the wall clock from today on. All of it goes over HTTP: nothing is written
 * past the server.
 */
public final class Demo implements AutoCloseable {
  private static final long SEED = 20_261_120L;
  private static final int DAYS = 90;
  private static final int USERS = 20_000;

  /** How fast time runs while a past campaign is sent. */
  private static final double HASTE = 30;

  /** What the provider refuses now and then, beside the passing trouble that is tried again. */
  private static final List<Integer> REFUSALS = List.of(131_026, 131_049, 130_472, 131_053);

  private static final double PAST_MESSAGES_PER_SECOND = 300;
  private static final double LIVE_MESSAGES_PER_SECOND = 25;
  private static final double LIVE_PACE = 30;

  /** How often the shop looks what has happened. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final SimulatedTime time;
  private final SimulatorServer simulator;
  private final ConcurrentLinkedQueue<Purchase> purchases = new ConcurrentLinkedQueue<>();
  private final LifelikeUsers users;
  private final Map<String, String> identityByPhone = new HashMap<>();
  private final LocalDate today;
  private final Consumer<String> progress;
  private volatile boolean closed;
  private volatile @Nullable BackgroundLoop daily;
  private volatile @Nullable ShopApi shop;

  /**
   * @param now the real present
   * @param scale how large the shop is; 1 is 20,000 users
   * @param progress receives the progress, a line at a time
   */
  public Demo(Instant now, double scale, Consumer<String> progress) {
    this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    this.progress = progress;
    this.time =
        SimulatedTime.stoppedAt(today.minusDays(DAYS).atStartOfDay(ZoneOffset.UTC).toInstant());
    WhatsAppSettings whatsApp =
        WhatsAppSettings.standard()
            .limits(WhatsAppLimits.unlimited())
            .delivery(WebhookDelivery.standard().batches(500, Duration.ofSeconds(30)).parallel(4))
            .chaos(WebhookChaos.ordinary());
    this.simulator =
        SimulatorServer.start(
            0, SimulatorSettings.seeded(SEED).whatsApp(whatsApp).purchases(purchases::add), time);
    for (int code : REFUSALS) {
      simulator
          .whatsApp()
          .script(OutcomeRule.sometimes(0.002, new Outcome.Refused(code, null, null)));
    }
    simulator
        .whatsApp()
        .script(OutcomeRule.sometimes(0.002, new Outcome.Refused(131_000, null, null)));
    this.users =
        new LifelikeUsers(SEED, (int) (USERS * scale), today, 1, simulator.whatsApp().people());
  }

  /** The clock that the server must live by. */
  public WaitingClock clock() {
    return new DemoClock(time);
  }

  /**
   * Fills the server, and leaves it with one campaign being sent.
   *
   * @param server where it listens
   */
  public void fill(URI server, String apiKey) {
    try (ShopApi shop = new ShopApi(server, apiKey)) {
      String connection = connect(shop);
      progress.accept("Uploading " + users.count() + " users ...");
      List<LifelikeUser> all = users.users().toList();
      all.forEach(
          user -> {
            if (user.phone() != null) {
              identityByPhone.putIfAbsent(user.phone().substring(1), user.identity());
            }
          });
      shop.uploadUsers(all);
      List<DemoCampaign> coming = new ArrayList<>(DemoCampaign.PAST);
      for (LocalDate day = today.minusDays(DAYS); day.isBefore(today); day = day.plusDays(1)) {
        shop.uploadEvents(users.eventsOn(day));
        while (!coming.isEmpty() && today.minusDays(coming.getFirst().daysAgo()).equals(day)) {
          send(shop, coming.removeFirst(), day, connection);
        }
        time.advanceTo(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        uploadPurchases(shop);
      }
      DemoSegments.make(shop);
      goLive(shop, connection);
    }
  }

  private String connect(ShopApi shop) {
    WhatsAppAccount account = simulator.whatsApp().account();
    ObjectNode request =
        (ObjectNode)
            ShopApi.json("{\"type\":\"whatsapp-cloud\",\"name\":\"Carillon Bazaar (simulated)\"}");
    request
        .putObject("settings")
        .put("baseUrl", simulator.baseUrl().toString())
        .put("version", "v25.0")
        .put("phoneNumberId", account.phoneNumberId())
        .put("businessAccountId", account.businessAccountId())
        .put("messagesPerSecond", PAST_MESSAGES_PER_SECOND);
    request
        .putObject("secrets")
        .put("accessToken", account.accessToken())
        .put("appSecret", account.appSecret())
        .put("verifyToken", "carillon-demo");
    JsonNode connection = shop.call("POST", "/api/v1/providers", request);
    simulator
        .whatsApp()
        .subscribe(
            account.businessAccountId(),
            URI.create(connection.get("callbackUrl").stringValue()),
            "carillon-demo",
            account.appSecret())
        .ifPresent(
            problem -> {
              throw new IllegalStateException("the callback handshake failed: " + problem);
            });
    return connection.get("id").stringValue();
  }

  private void send(ShopApi shop, DemoCampaign campaign, LocalDate day, String connection) {
    time.advanceTo(day.atStartOfDay(ZoneOffset.UTC).plusHours(campaign.hour()).toInstant());
    uploadPurchases(shop);
    String id = create(shop, campaign, connection);
    shop.call("POST", "/api/v1/campaigns/" + id + "/launch", null);
    time.run(HASTE);
    JsonNode state;
    do {
      pause();
      state = shop.call("GET", "/api/v1/campaigns/" + id, null);
    } while (!closed && state.get("status").stringValue().equals("running"));
    time.stop();
    progress.accept(
        "Sent \""
            + state.get("name").stringValue()
            + "\" of "
            + day
            + ": "
            + state.get("status").stringValue());
  }

  private static String create(ShopApi shop, DemoCampaign campaign, String connection) {
    ObjectNode definition = (ObjectNode) ShopApi.json(campaign.definition());
    ((ObjectNode) definition.get("what")).put("provider", connection);
    return shop.call("POST", "/api/v1/campaigns", definition).get("id").stringValue();
  }

  /** What people bought because of a message goes up as any purchase does. */
  private void uploadPurchases(ShopApi shop) {
    List<LifelikeEvent> events = new ArrayList<>();
    for (Purchase purchase = purchases.poll(); purchase != null; purchase = purchases.poll()) {
      String buyer = identityByPhone.get(purchase.buyer());
      if (buyer != null) {
        events.add(LifelikeUsers.charged(buyer, purchase));
      }
    }
    shop.uploadEvents(events);
  }

  private void goLive(ShopApi shop, String connection) {
    time.followWall();
    simulator.whatsApp().populate(new People(SEED, PeopleSettings.lifelike().atPace(LIVE_PACE)));
    simulator
        .whatsApp()
        .deliver(WebhookDelivery.standard().batches(50, Duration.ofMillis(500)).parallel(2));
    ObjectNode slower = (ObjectNode) ShopApi.json("{\"settings\":{}}");
    ((ObjectNode) slower.get("settings")).put("messagesPerSecond", LIVE_MESSAGES_PER_SECOND);
    shop.call("PATCH", "/api/v1/providers/" + connection, slower);
    String id = create(shop, DemoCampaign.LIVE, connection);
    shop.call("POST", "/api/v1/campaigns/" + id + "/launch", null);
  }

  /** Goes on with the shop's daily life until closed: looks and purchases, as they happen. */
  public void live(URI server, String apiKey, ProcessHealth health) {
    ShopApi api = new ShopApi(server, apiKey);
    shop = api;
    happenedUntil = time.instant();
    daily =
        BackgroundLoop.start(
            "demo-shop",
            health,
            WaitingClock.system(),
            Duration.ofSeconds(1),
            () -> {
              Thread.sleep(PAUSE);
              Instant until = time.instant();
              List<LifelikeEvent> now = happening(happenedUntil, until);
              if (!now.isEmpty()) {
                api.uploadEvents(now);
              }
              happenedUntil = until;
              uploadPurchases(api);
            });
  }

  private Instant happenedUntil = Instant.EPOCH;
  private LocalDate planned = LocalDate.MIN;
  private List<LifelikeEvent> day = List.of();

  private List<LifelikeEvent> happening(Instant from, Instant until) {
    LocalDate date = LocalDate.ofInstant(until, ZoneOffset.UTC);
    if (!date.equals(planned)) {
      planned = date;
      day = users.eventsOn(date);
    }
    return day.stream().filter(e -> e.at().isAfter(from) && !e.at().isAfter(until)).toList();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }

  @Override
  public void close() {
    closed = true;
    BackgroundLoop loop = daily;
    ShopApi api = shop;
    if (loop != null && api != null) {
      loop.close();
      api.close();
    }
    simulator.close();
    time.close();
  }
}
