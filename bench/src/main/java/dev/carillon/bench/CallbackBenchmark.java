package dev.carillon.bench;

import dev.carillon.bench.wire.RawLoad;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.callback.References;
import dev.carillon.engine.port.AudienceStore.Evaluation;
import dev.carillon.engine.port.AudienceStore.PlanOrder;
import dev.carillon.engine.port.FactStore;
import dev.carillon.engine.port.MetadataStore;
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
 * the same server that gets the same bytes.
 */
final class CallbackBenchmark implements Benchmark {
  private static final int CONNECTIONS = 64;
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 7;
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
      String hook = "/hooks/" + connection;
      Samples ours = new Samples();
      Samples readable = new Samples();
      Samples empty = new Samples();
      Samples shares = new Samples();
      Samples cpu = new Samples();
      Samples cpuOfEmpty = new Samples();
      for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
        List<byte[]> callbacks = requests.of(hook, round * sizes.requests(), sizes.requests());
        List<byte[]> same =
            requests.of(BenchServer.EMPTY_PATH, round * sizes.requests(), sizes.requests());
        double idleCpu = Machine.cpuSeconds();
        double emptySeconds = RawLoad.run(server.socket(), same, CONNECTIONS);
        double emptyCpu = Machine.cpuSeconds();
        long began = System.nanoTime();
        double seconds = RawLoad.run(server.socket(), callbacks, CONNECTIONS);
        server.part(FactStore.class).settle();
        if (round >= WARM_UPS) {
          cpu.add((Machine.cpuSeconds() - emptyCpu) / sizes.requests());
          cpuOfEmpty.add((emptyCpu - idleCpu) / sizes.requests());
          ours.add(sizes.requests() / seconds);
          readable.add(sizes.requests() / Samples.secondsSince(began));
          empty.add(sizes.requests() / emptySeconds);
          shares.add(emptySeconds / seconds);
        }
      }
      return List.of(
          Figure.rate("callbacks, durable", ours, empty, shares, LEAST_SHARE),
          Figure.shown(
              "  CPU a request, client and tables included",
              Figure.time(cpu.median()),
              Figure.time(cpuOfEmpty.median())),
          Figure.shown("  until readable in reports", Figure.number(readable.median()) + "/s", ""));
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
    PlannedRun run =
        facts.plan(
            new PlanOrder(
                id,
                1,
                definition.channel(),
                Objects.requireNonNull(definition.who()),
                new Evaluation(now, ZoneOffset.UTC),
                0,
                definition.goal()));
    metadata.runPlanned(id, 1, run.plannedAt(), run.firstSeq(), run.count(), run.count());
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

    /** No two of them tell the same status of the same message. */
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
