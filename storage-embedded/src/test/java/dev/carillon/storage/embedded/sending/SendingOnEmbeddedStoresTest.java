package dev.carillon.storage.embedded.sending;

import static dev.carillon.testkit.sending.ScriptedProvider.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.When;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.audience.SavedAudiences;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.campaign.CampaignTimer;
import dev.carillon.engine.campaign.RunStarter;
import dev.carillon.engine.dispatch.DispatchContext;
import dev.carillon.engine.dispatch.DispatchSettings;
import dev.carillon.engine.dispatch.Dispatcher;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.SendResult;
import dev.carillon.engine.reference.References;
import dev.carillon.engine.schedule.RunSchedule;
import dev.carillon.engine.schedule.UserZones;
import dev.carillon.engine.time.WaitingClock;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.FactStoreSettings;
import dev.carillon.storage.sql.SqliteMetadataStore;
import dev.carillon.testkit.sending.DefinitionBuilder;
import dev.carillon.testkit.sending.ScriptedProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SendingOnEmbeddedStoresTest {
  private static final int PEOPLE = 6_000;
  private static final ZoneId ZONE = ZoneId.of("UTC");
  private static final WaitingClock CLOCK = WaitingClock.system();

  @TempDir private Path folder;

  @Test
  void aCampaignIsPlannedSentAbandonedTakenUpAndCounted() throws Exception {
    ScriptedProvider provider =
        new ScriptedProvider(
            CLOCK,
            1e6,
            call ->
                switch (call.address().charAt(11)) {
                  case '0' -> failed("131026", ErrorClass.ADDRESS, Reaction.GIVE_UP, null);
                  case '1' -> new SendResult.Unknown("time-out");
                  default -> new SendResult.Accepted("w" + call.address(), null);
                });
    int id;
    try (FactStore facts = facts();
        MetadataStore metadata = metadata()) {
      addPeople(facts);
      Dispatcher dispatcher = dispatcher(facts, metadata, provider);
      RunStarter runs =
          new RunStarter(
              metadata,
              metadata,
              metadata,
              facts,
              SavedAudiences.NONE,
              provider,
              dispatcher,
              CLOCK,
              calendar(facts));
      CampaignService campaigns =
          new CampaignService(
              metadata,
              metadata,
              metadata,
              provider,
              SavedAudiences.NONE,
              runs,
              CLOCK,
              calendar(facts));
      id = campaigns.launch(campaigns.create(definition(), "tester").id()).id();
      await(() -> provider.calls().size() > PEOPLE / 4);
      dispatcher.abandon();
    }
    try (FactStore facts = facts();
        MetadataStore metadata = metadata();
        Dispatcher dispatcher = dispatcher(facts, metadata, provider)) {
      RunStarter runs =
          new RunStarter(
              metadata,
              metadata,
              metadata,
              facts,
              SavedAudiences.NONE,
              provider,
              dispatcher,
              CLOCK,
              calendar(facts));
      try (CampaignTimer timer = new CampaignTimer(metadata, runs, CLOCK, new ProcessHealth())) {
        timer.start();
        await(() -> status(metadata, id) == CampaignStatus.COMPLETED);
      }
      assertThat(provider.violations()).isEmpty();
      Map<String, Long> counts = facts.recount(id, ZONE).counts();
      assertThat(counts.get("planned")).isEqualTo(PEOPLE);
      assertThat(counts.get("pending")).isZero();
      long target =
          counts.getOrDefault("sent", 0L)
              + counts.getOrDefault("dispatchErrors", 0L)
              + counts.getOrDefault("uncertain", 0L)
              + counts.getOrDefault("suppressed", 0L);
      assertThat(target + counts.getOrDefault("control", 0L)).isEqualTo(PEOPLE);
      assertThat(counts.get("dispatchErrors")).isPositive();
    }
  }

  private FactStore facts() {
    return EmbeddedFactStore.open(
        FactStoreSettings.in(folder.resolve("facts")).withMemoryMegabytes(256));
  }

  private MetadataStore metadata() {
    return SqliteMetadataStore.open(folder.resolve("metadata.db"));
  }

  private static Dispatcher dispatcher(
      FactStore facts, MetadataStore metadata, ScriptedProvider provider) {
    DispatchSettings settings =
        new DispatchSettings(
            1_000, 3, 250, 256, Duration.ofSeconds(2), 10_000, Duration.ofMillis(100), 1_000_000);
    References references =
        new References(List.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));
    return new Dispatcher(
        new DispatchContext(
            metadata,
            metadata,
            metadata,
            metadata,
            metadata,
            metadata,
            facts,
            facts,
            facts,
            provider,
            references,
            calendar(facts),
            CLOCK,
            settings,
            new ProcessHealth()));
  }

  private static RunSchedule calendar(FactStore facts) {
    return new RunSchedule(Account.in(ZONE), new UserZones(facts, CLOCK));
  }

  private static CampaignStatus status(MetadataStore metadata, int id) {
    return metadata.campaign(id).map(Campaign::status).orElseThrow();
  }

  private static CampaignDefinition definition() {
    return DefinitionBuilder.named("Sale")
        .going(new When.Now())
        .toEveryone()
        .holdingOut(10)
        .sayingSale()
        .definition();
  }

  private static void addPeople(FactStore facts) {
    List<Entry> people = new ArrayList<>();
    Instant now = CLOCK.instant();
    for (int i = 0; i < PEOPLE; i++) {
      Identity identity = Identity.user("user" + i);
      String properties = "{\"Phone\":\"+91" + (9_800_000_000L + i) + "\"}";
      people.add(
          new Entry.OfProfile(new ProfileChange(identity, identity.key(), properties, now, now)));
    }
    facts.append(people);
    facts.settle();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come about in 40 s");
      }
      Thread.sleep(5);
    }
  }
}
