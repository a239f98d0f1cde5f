package dev.carillon.storage.embedded.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.core.account.FrequencyCap;
import dev.carillon.core.account.SystemControlGroup;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.When;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.audience.SavedAudiences;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.campaign.RunStarter;
import dev.carillon.engine.dispatch.DispatchContext;
import dev.carillon.engine.dispatch.DispatchSettings;
import dev.carillon.engine.dispatch.Dispatcher;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.RunPlan;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.engine.reference.References;
import dev.carillon.engine.schedule.RunSchedule;
import dev.carillon.engine.schedule.UserZones;
import dev.carillon.engine.time.WaitingClock;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.FactStoreSettings;
import dev.carillon.storage.sql.SqliteMetadataStore;
import dev.carillon.testkit.sending.DefinitionBuilder;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import dev.carillon.testkit.sending.ScriptedProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Limits hold over the real stores, judged by what the provider received. */
@Timeout(90)
class LimitsOnEmbeddedStoresTest {
  private static final int PEOPLE = 1_500;
  private static final ZoneId ZONE = ZoneId.of("UTC");
  private static final WaitingClock CLOCK = WaitingClock.system();
  private static final DispatchSettings SETTINGS =
      new DispatchSettings(
          200, 3, 50, 64, Duration.ofSeconds(20), 10_000, Duration.ofMillis(100), 1_000_000);

  @TempDir private Path folder;

  private final ScriptedProvider provider =
      new ScriptedProvider(CLOCK, 1e6, ScriptedProvider::accepted);

  private volatile AccountSettings settings = AccountSettings.first(ZONE, "INR");
  private FactStore facts;
  private MetadataStore metadata;
  private Dispatcher dispatcher;
  private CampaignService campaigns;

  @BeforeEach
  void open() {
    Account account = () -> settings;
    facts =
        EmbeddedFactStore.open(
            FactStoreSettings.in(folder.resolve("facts")).withMemoryMegabytes(256));
    metadata = SqliteMetadataStore.open(folder.resolve("metadata.db"));
    References references =
        new References(List.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));
    RunSchedule calendar = new RunSchedule(account, new UserZones(facts, CLOCK));
    dispatcher =
        new Dispatcher(
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
                calendar,
                CLOCK,
                SETTINGS,
                new ProcessHealth()));
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
            calendar);
    campaigns =
        new CampaignService(
            metadata, metadata, metadata, provider, SavedAudiences.NONE, runs, CLOCK, calendar);
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

  @AfterEach
  void close() {
    dispatcher.close();
    facts.close();
    metadata.close();
  }

  @Test
  void campaignsAtOnceGiveEveryoneExactlyTheCap() throws Exception {
    settings =
        new AccountSettings(
            ZONE,
            DayOfWeek.MONDAY,
            "INR",
            null,
            List.of(new FrequencyCap(Channel.WHATSAPP, 2, Duration.ofDays(7))),
            SystemControlGroup.NONE);
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.add(campaigns.create(definition(ControlGroup.NONE, Limits.NONE), "tester").id());
    }
    ids.forEach(campaigns::launch);
    for (int id : ids) {
      await(() -> status(id) == CampaignStatus.COMPLETED);
    }
    assertThat(received()).hasSize(PEOPLE).allSatisfy((who, n) -> assertThat(n).isEqualTo(2L));
    long suppressed = 0;
    for (int id : ids) {
      suppressed += facts.recount(id, ZONE).suppressed().getOrDefault("frequencyCap", 0L);
    }
    assertThat(suppressed).isEqualTo(2L * PEOPLE);
  }

  @Test
  void theGapHoldsBetweenRunsThatAreSentAtOnce() throws Exception {
    Limits limits = new Limits(true, Duration.ofDays(1), Limits.Target.NONE, null);
    int id =
        metadata.createCampaign(definition(ControlGroup.NONE, limits), "t", CLOCK.instant()).id();
    for (int run = 1; run <= 2; run++) {
      plan(id, run);
    }
    metadata.moveCampaign(
        id,
        EnumSet.of(CampaignStatus.DRAFT),
        CampaignStatus.RUNNING,
        null,
        CLOCK.instant(),
        CLOCK.instant());
    dispatcher.wake(id);
    await(() -> status(id) == CampaignStatus.COMPLETED);
    assertThat(received()).hasSize(PEOPLE).allSatisfy((who, n) -> assertThat(n).isEqualTo(1L));
    assertThat(facts.recount(id, ZONE).suppressed()).isEqualTo(Map.of("gap", (long) PEOPLE));
  }

  @Test
  void aTargetCapAndTheSystemControlGroupDecideWhoReceives() throws Exception {
    settings =
        new AccountSettings(
            ZONE, DayOfWeek.MONDAY, "INR", null, List.of(), new SystemControlGroup(5));
    Limits limits = new Limits(true, null, new Limits.Target(null, 400, null), null);
    int capped = launch(definition(new ControlGroup(10), limits));
    assertThat(provider.calls()).hasSize(400);
    int all = launch(definition(ControlGroup.NONE, Limits.NONE));
    Map<String, Long> counts = facts.recount(all, ZONE).counts();
    assertThat(counts.get("control")).isBetween(45L, 110L);
    assertThat(counts.get("sent")).isEqualTo(PEOPLE - counts.getOrDefault("control", 0L));
    assertThat(facts.recount(capped, ZONE).counts()).containsEntry("sent", 400L);
    assertThat(metadata.runs(all).getFirst().systemControlPercent()).isEqualTo(5);
    int without = launch(definition(new ControlGroup(0, false), Limits.NONE));
    assertThat(facts.recount(without, ZONE).counts()).containsEntry("sent", (long) PEOPLE);
  }

  @Test
  void theSafetyCheckSkipsTheRunAndSaysWhy() throws Exception {
    Limits limits = new Limits(true, null, Limits.Target.NONE, PEOPLE - 1);
    int id = launch(definition(ControlGroup.NONE, limits));
    assertThat(provider.calls()).isEmpty();
    Run run = metadata.runs(id).getFirst();
    assertThat(run.messages()).isZero();
    assertThat(Objects.requireNonNull(run.skipped()).words()).contains("1,500").contains("1,499");
    assertThat(facts.recount(id, ZONE).counts()).containsEntry("planned", 0L);
  }

  private int launch(CampaignDefinition definition) throws InterruptedException {
    int id = campaigns.launch(campaigns.create(definition, "tester").id()).id();
    await(() -> status(id) == CampaignStatus.COMPLETED);
    return id;
  }

  private void plan(int id, int number) {
    metadata.createRun(id, number, CLOCK.instant());
    RunPlan plan =
        facts.plan(PlanOrderBuilder.of(id, number, new Evaluation(CLOCK.instant(), ZONE)).order());
    PlannedRun run = plan.run();
    metadata.runPlanned(id, number, run.plannedAt(), run.firstSeq(), plan.sections(), 100);
  }

  private Map<String, Long> received() {
    return provider.calls().stream()
        .collect(Collectors.groupingBy(ScriptedProvider.Call::address, Collectors.counting()));
  }

  private CampaignStatus status(int id) {
    return metadata.campaign(id).orElseThrow().status();
  }

  private static CampaignDefinition definition(ControlGroup control, Limits limits) {
    return DefinitionBuilder.named("Sale")
        .going(new When.Now())
        .toEveryone()
        .holdingOut(control)
        .sayingSale()
        .within(limits)
        .definition();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come about in 60 s");
      }
      Thread.sleep(5);
    }
  }
}
