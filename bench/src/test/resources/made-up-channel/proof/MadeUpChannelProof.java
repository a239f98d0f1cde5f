import com.sun.net.httpserver.HttpServer;
import dev.carillon.channels.pigeon.PigeonProvider;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.DefinitionWriter;
import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.Route;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.provider.SendResult;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.FactStoreSettings;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a campaign on the made-up channel does: it is read, planned and sent. */
public final class MadeUpChannelProof {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private MadeUpChannelProof() {}

  public static void main(String[] arguments) throws Exception {
    CampaignDefinition definition =
        read(
            "{\"name\":\"Coo\",\"channel\":\"pigeon\","
                + "\"what\":{\"provider\":\"3\",\"text\":\"Hello {{ Name }}\"}}");
    require(
        read(DefinitionWriter.write(definition).toString()).equals(definition),
        "what is written is not what was read");
    List<String> received = new ArrayList<>();
    HttpServer loft =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    loft.createContext(
        "/notes",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("p1".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    loft.start();
    try (FactStore facts =
            EmbeddedFactStore.open(
                FactStoreSettings.in(Path.of(arguments[0])).withMemoryMegabytes(256));
        Provider.Sender sender =
            new PigeonProvider()
                .open(
                    new Connection(
                        3,
                        "pigeon-loft",
                        "Loft",
                        Map.of(
                            "baseUrl",
                            "http://127.0.0.1:" + loft.getAddress().getPort(),
                            "allowHttp",
                            true),
                        Map.of()))) {
      Outgoing message = planned(facts, definition);
      SendResult result =
          sender.send(
              sender.prepare(
                  definition.what().messages().getFirst(), message.address(), message.properties()),
              "c1-s0");
      require(result instanceof SendResult.Accepted, "the loft did not take it: " + result);
      require(
          received.equals(
              List.of("{\"to\":\"919876543210\",\"note\":\"Hello Ann\",\"reference\":\"c1-s0\"}")),
          "the loft got " + received);
    } finally {
      loft.stop(0);
    }
    System.out.println("A campaign on the made-up channel was read, planned and sent.");
  }

  private static CampaignDefinition read(String json) {
    return JsonDocument.parse(json).then(DefinitionReader::read).orThrow();
  }

  private static Outgoing planned(FactStore facts, CampaignDefinition definition) {
    Identity ann = Identity.user("ann");
    facts.append(
        List.of(
            new Entry.OfProfile(
                new ProfileChange(
                    ann,
                    ann.key(),
                    "{\"Name\":\"Ann\",\"Phone\":\"+919876543210\"}",
                    NOW.minusSeconds(60),
                    NOW.minusSeconds(60)))));
    facts.settle();
    facts.plan(
        PlanOrderBuilder.of(1, 1, new Evaluation(NOW, ZoneOffset.UTC))
            .on(Channel.PIGEON)
            .through(new Route(definition.what().connections().getFirst(), null))
            .order());
    return facts.outgoing(1, 0, 1).getFirst();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
