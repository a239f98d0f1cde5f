package dev.carillon.bench;

import dev.carillon.bench.wire.RawLoad;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.audience.Audience;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.ControlShares;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.Route;
import dev.carillon.engine.port.campaign.RunPlan;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.engine.reference.References;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signed status callbacks, one a request, each durable before its 200, beside an empty handler of
 * the same server that gets the same bytes: as the framework serves any handler, and as the hooks
 * are served.
 */
final class CallbackBenchmark implements Benchmark {
  private static final int CONNECTIONS = 64;
  private static final int WARM_UPS = 8;
  private static final int ROUNDS = 11;
  private static final double LEAST_SHARE = 0.8;
  private static final String[] STATUSES = {"sent", "delivered", "read"};

  @Override
  public String name() {
    return "callbacks";
  }

  @Override
  public String what() {
    return "callbacks one a request over "
        + CONNECTIONS
        + " connections, signature checked, durable before 200, beside an empty handler of the same"
        + " server; medians of "
        + ROUNDS
        + " rounds in turn";
  }

  @Override
  public List<Figure> run(Sizes sizes, TempFolder folder) throws Exception {
    try (BenchServer server = BenchServer.start(folder.at("data"))) {
      int messages = ((WARM_UPS + ROUNDS) * sizes.requests() + 2) / STATUSES.length + 1;
      int connection = server.connect(URI.create("http://localhost:9"));
      server.uploadUsers(messages);
      Requests requests = new Requests(server.part(References.class), plan(server, connection));
      Side ours = new Side("/hooks/" + connection);
      Side framework = new Side(BenchServer.EMPTY_PATH);
      Side straight = new Side(BenchServer.STRAIGHT_PATH);
      Samples readable = new Samples();
      for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
        boolean counts = round >= WARM_UPS;
        int from = round * sizes.requests();
        straight.run(server, requests.of(straight.path, from, sizes.requests()), counts);
        framework.run(server, requests.of(framework.path, from, sizes.requests()), counts);
        List<byte[]> callbacks = requests.of(ours.path, from, sizes.requests());
        long began = System.nanoTime();
        ours.run(server, callbacks, counts);
        if (counts) {
          readable.add(sizes.requests() / Samples.secondsSince(began));
        }
      }
      return List.of(
          Figure.rate(
              "callbacks, durable",
              ours.rate,
              framework.rate,
              ours.rate.over(framework.rate),
              LEAST_SHARE),
          Figure.shown(
              "  CPU a request, client and tables included",
              Figure.time(ours.cpu.median()),
              Figure.time(framework.cpu.median())),
          Figure.shown(
              "  beside an empty handler past the filters too",
              Figure.number(ours.rate.over(straight.rate).median()) + " of",
              Figure.number(straight.rate.median()) + "/s"),
          Figure.shown("  until readable in reports", Figure.number(readable.median()) + "/s", ""));
    }
  }

  /** What is measured of the requests to one path. */
  private static final class Side {
    private final String path;
    private final Samples rate = new Samples();
    private final Samples cpu = new Samples();

    Side(String path) {
      this.path = path;
    }

    /** Sends the requests and waits until nothing of them is left to do. */
    void run(BenchServer server, List<byte[]> requests, boolean counts) throws IOException {
      double cpuBefore = Machine.cpuSeconds();
      double seconds = RawLoad.run(server.socket(), requests, CONNECTIONS);
      server.part(FactStore.class).settle();
      if (counts) {
        rate.add(requests.size() / seconds);
        cpu.add((Machine.cpuSeconds() - cpuBefore) / requests.size());
      }
    }
  }

  /** Plans a campaign to all users, which stays a draft so that nothing is sent. */
  private static int plan(BenchServer server, int connection) throws Exception {
    int id = server.campaign(connection);
    MetadataStore metadata = server.part(MetadataStore.class);
    FactStore facts = server.part(FactStore.class);
    Campaign campaign = metadata.campaign(id).orElseThrow();
    CampaignDefinition definition = campaign.definition();
    Instant now = Instant.now();
    metadata.createRun(id, 1, now);
    facts.settle();
    RunPlan plan =
        facts.plan(
            new PlanOrder(
                id,
                1,
                new Audience(
                    definition.channel(),
                    Objects.requireNonNull(definition.who()),
                    new Evaluation(now, ZoneOffset.UTC)),
                ControlShares.NONE,
                definition.limits(),
                definition.goal(),
                null,
                null,
                List.of(new Route(1, null))));
    PlannedRun run = plan.run();
    metadata.runPlanned(
        id, 1, run.plannedAt(), run.firstSeq(), plan.sections(), Math.max(1, run.count()));
    return id;
  }

  /** Prepares signed requests as Meta sends them. */
  private static final class Requests {
    private final References references;
    private final int campaign;
    private final Mac mac;

    Requests(References references, int campaign) throws GeneralSecurityException {
      this.references = references;
      this.campaign = campaign;
      this.mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(BenchServer.APP_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }

    /** No two of them report the same status of the same message. */
    List<byte[]> of(String path, int from, int count) {
      List<byte[]> requests = new ArrayList<>(count);
      for (int number = from; number < from + count; number++) {
        byte[] body = body(number / STATUSES.length, STATUSES[number % STATUSES.length]);
        String signature = HexFormat.of().formatHex(mac.doFinal(body));
        requests.add(RawLoad.post(path, List.of("X-Hub-Signature-256: sha256=" + signature), body));
      }
      return requests;
    }

    private byte[] body(int seq, String status) {
      String json =
          "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"102290129340398\","
              + "\"changes\":[{\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{"
              + "\"display_phone_number\":\"15550783881\",\"phone_number_id\":\"106540352242922\"},"
              + "\"statuses\":[{\"id\":\"wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI"
              + seq
              + "\",\"status\":\""
              + status
              + "\",\"timestamp\":\""
              + Instant.now().getEpochSecond()
              + "\",\"recipient_id\":\"91"
              + (9_800_000_000L + seq)
              + "\",\"biz_opaque_callback_data\":\""
              + references.of(new MessageRef(campaign, seq))
              + "\",\"conversation\":{\"id\":\"7c2d1e0f5a6b4c3d9e8f7a6b5c4d3e2f\",\"origin\":{"
              + "\"type\":\"marketing\"}},\"pricing\":{\"billable\":true,\"pricing_model\":"
              + "\"PMP\",\"category\":\"marketing\"}}]},\"field\":\"messages\"}]}]}";
      return json.getBytes(StandardCharsets.UTF_8);
    }
  }
}
