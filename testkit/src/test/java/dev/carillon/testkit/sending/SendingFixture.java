package dev.carillon.testkit.sending;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.When;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.audience.SavedAudiences;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.campaign.CampaignTimer;
import dev.carillon.engine.campaign.RunStarter;
import dev.carillon.engine.dispatch.DispatchContext;
import dev.carillon.engine.dispatch.DispatchSettings;
import dev.carillon.engine.dispatch.Dispatcher;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.reference.References;
import dev.carillon.engine.schedule.RunSchedule;
import dev.carillon.engine.schedule.UserZones;
import dev.carillon.engine.time.WaitingClock;
import dev.carillon.testkit.SettableTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Everything that sends, put together on stores in memory. */
final class SendingFixture implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  static final DispatchSettings SMALL =
      new DispatchSettings(40, 3, 10, 16, Duration.ofSeconds(60), 500, Duration.ofSeconds(1), 25);

  final SettableTime time = new SettableTime(START);
  private final WaitingClock clock;
  final MemoryFactStore facts = new MemoryFactStore();
  final MemoryCampaignStore store = new MemoryCampaignStore();
  final References references =
      new References(List.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));
  final ProcessHealth health = new ProcessHealth();
  final ScriptedProvider provider;
  private int known;

  /** The account's settings, to be changed by tests. */
  volatile AccountSettings settings;

  final Account account = () -> settings;
  private final List<Node> nodes = new ArrayList<>();

  SendingFixture(double perSecond, ScriptedProvider.Script script) {
    this(perSecond, script, ZoneId.of("UTC"));
  }

  SendingFixture(double perSecond, ScriptedProvider.Script script, ZoneId zone) {
    this(perSecond, script, zone, null);
  }

  /**
   * @param clock another clock than {@link #time}; null for that
   */
  SendingFixture(
      double perSecond, ScriptedProvider.Script script, ZoneId zone, @Nullable WaitingClock clock) {
    this.settings = AccountSettings.first(zone, "INR");
    this.clock = clock == null ? time : clock;
    provider = new ScriptedProvider(this.clock, perSecond, script);
  }

  /** People whose data and addresses are in order. */
  SendingFixture people(int count) {
    for (int i = 0; i < count; i++) {
      facts.addPerson(Identity.user("user" + known), Integer.toString(910000000 + known), "{}");
      known++;
    }
    return this;
  }

  CampaignDefinition definition(int controlPercent) {
    return definition(controlPercent, new When.Now());
  }

  CampaignDefinition definition(int controlPercent, @Nullable When when) {
    return DefinitionBuilder.named("Sale")
        .going(when)
        .toEveryone()
        .holdingOut(controlPercent)
        .sayingSale()
        .definition();
  }

  /** A process that sends, as long as it is not closed. */
  Node node() {
    return node(store, facts, provider);
  }

  Node node(SendingStore campaigns, EntryJournal journal, Connections connections) {
    Node node = new Node(campaigns, journal, connections);
    nodes.add(node);
    return node;
  }

  Campaign campaign(int id) {
    return store.campaign(id).orElseThrow();
  }

  void awaitStatus(int id, CampaignStatus status) throws InterruptedException {
    await(() -> campaign(id).status() == status);
  }

  /** Waits for a condition in real time; fails after twenty seconds. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come about in 20 s");
      }
      Thread.sleep(1);
    }
  }

  /** Holds a call up until the latch opens. */
  static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  List<FactKind> kinds(int campaign, int seq) {
    return facts.facts(campaign, seq).stream().map(Fact::kind).toList();
  }

  /** How many messages ended in each way; a message in two sets is counted under both names. */
  Map<String, Integer> fates(int campaign, int planned) {
    Map<String, Integer> fates = new TreeMap<>();
    for (int seq = 0; seq < planned; seq++) {
      fates.merge(fate(facts.facts(campaign, seq)), 1, Integer::sum);
    }
    return fates;
  }

  private static String fate(List<Fact> facts) {
    List<String> sets = new ArrayList<>();
    long attempted = 0;
    long returned = 0;
    for (Fact fact : facts.stream().distinct().toList()) {
      switch (fact.kind()) {
        case ACCEPTED -> sets.add("sent");
        case REFUSED -> sets.add("refused");
        case GHOST_SENT -> sets.add("ghost");
        case SUPPRESSED -> sets.add("suppressed " + fact.detail());
        case ATTEMPTED -> attempted++;
        case RETURNED -> returned++;
        default -> sets.add(fact.kind().name());
      }
    }
    if (sets.isEmpty()) {
      sets.add(attempted > returned ? "uncertain" : "pending");
    }
    return String.join(" and ", sets);
  }

  @Override
  public void close() {
    for (Node node : nodes) {
      node.timer.close();
      node.dispatcher.abandon();
    }
  }

  /** The services as one process wires them. */
  final class Node {
    final Dispatcher dispatcher;
    final CampaignService campaigns;
    final CampaignTimer timer;

    private Node(SendingStore store, EntryJournal journal, Connections connections) {
      RunSchedule calendar = new RunSchedule(account, new UserZones(facts, clock));
      dispatcher =
          new Dispatcher(
              new DispatchContext(
                  store,
                  store,
                  store,
                  store,
                  store,
                  store,
                  facts,
                  facts,
                  journal,
                  connections,
                  references,
                  calendar,
                  clock,
                  SMALL,
                  health));
      RunStarter runs =
          new RunStarter(
              store,
              store,
              store,
              facts,
              SavedAudiences.NONE,
              provider,
              dispatcher,
              clock,
              calendar);
      campaigns =
          new CampaignService(
              store, store, store, provider, SavedAudiences.NONE, runs, clock, calendar);
      timer = new CampaignTimer(store, runs, clock, health);
    }

    int launch(int controlPercent, What what) {
      CampaignDefinition definition =
          DefinitionBuilder.like(definition(controlPercent)).saying(what).definition();
      return campaigns.launch(campaigns.create(definition, "tester").id()).id();
    }

    int launch(int controlPercent, When when, Delivery delivery) {
      CampaignDefinition definition =
          DefinitionBuilder.like(definition(controlPercent, when)).delivered(delivery).definition();
      return campaigns.launch(campaigns.create(definition, "tester").id()).id();
    }

    int launch(int controlPercent) {
      Campaign draft = campaigns.create(definition(controlPercent), "tester");
      return campaigns.launch(draft.id()).id();
    }
  }
}
