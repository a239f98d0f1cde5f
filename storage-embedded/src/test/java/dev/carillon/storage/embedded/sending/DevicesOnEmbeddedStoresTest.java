package dev.carillon.storage.embedded.sending;

import static dev.carillon.testkit.sending.ScriptedProvider.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.user.Device;
import dev.carillon.core.user.DeviceChange;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.dispatch.DispatchContext;
import dev.carillon.engine.dispatch.DispatchSettings;
import dev.carillon.engine.dispatch.Dispatcher;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.Route;
import dev.carillon.engine.port.campaign.RunPlan;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.ledger.Recount;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.engine.port.work.HeldConnection;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A campaign to people with three devices each, which go through two connections. */
@Timeout(90)
class DevicesOnEmbeddedStoresTest {
  private static final int PEOPLE = 1_000;
  private static final int ANDROID = 4;
  private static final int WEB = 5;
  private static final ZoneId ZONE = ZoneId.of("UTC");
  private static final WaitingClock CLOCK = WaitingClock.system();
  private static final DispatchSettings SETTINGS =
      new DispatchSettings(
          200, 4, 50, 64, Duration.ofSeconds(2), 10_000, Duration.ofMillis(100), 1_000_000);

  @TempDir private Path folder;

  private final AtomicBoolean webIsBroken = new AtomicBoolean();
  private final ScriptedProvider android =
      new ScriptedProvider(CLOCK, 1e6, ScriptedProvider::accepted);
  private final ScriptedProvider web =
      new ScriptedProvider(
          CLOCK,
          1e6,
          call ->
              webIsBroken.get()
                  ? failed("401", ErrorClass.CONFIGURATION, Reaction.PAUSE, null)
                  : ScriptedProvider.accepted(call));

  /** Everything that a process has open. */
  private final class Node implements AutoCloseable {
    private final FactStore facts =
        EmbeddedFactStore.open(
            FactStoreSettings.in(folder.resolve("facts")).withMemoryMegabytes(256));
    private final MetadataStore metadata = SqliteMetadataStore.open(folder.resolve("metadata.db"));
    private final Dispatcher dispatcher =
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
                connections(),
                new References(List.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII))),
                new RunSchedule(Account.in(ZONE), new UserZones(facts, CLOCK)),
                CLOCK,
                SETTINGS,
                new ProcessHealth()));

    private void addPeople() {
      List<Entry> people = new ArrayList<>();
      Instant at = CLOCK.instant().minusSeconds(60);
      for (int i = 0; i < PEOPLE; i++) {
        people.add(device("user" + i, "phone" + i, "android", at));
        people.add(device("user" + i, "tablet" + i, "android", at));
        people.add(device("user" + i, "browser" + i, "web", at));
      }
      facts.append(people);
      facts.settle();
    }

    private int launch() {
      int id =
          metadata
              .createCampaign(
                  DefinitionBuilder.named("Sale").sayingSale().definition(), "t", CLOCK.instant())
              .id();
      metadata.createRun(id, 1, CLOCK.instant());
      RunPlan plan =
          facts.plan(
              PlanOrderBuilder.of(id, 1, new Evaluation(CLOCK.instant(), ZONE))
                  .on(Channel.PUSH)
                  .holdingOut(20)
                  .through(new Route(ANDROID, "android"), new Route(WEB, "web"))
                  .order());
      metadata.runPlanned(
          id, 1, plan.run().plannedAt(), plan.run().firstSeq(), plan.sections(), 100);
      move(id, CampaignStatus.DRAFT, CampaignStatus.RUNNING);
      dispatcher.wake(id);
      return id;
    }

    private void move(int id, CampaignStatus from, CampaignStatus to) {
      metadata.moveCampaign(id, EnumSet.of(from), to, null, CLOCK.instant(), CLOCK.instant());
    }

    private CampaignStatus status(int id) {
      return metadata.campaign(id).map(Campaign::status).orElseThrow();
    }

    @Override
    public void close() {
      dispatcher.close();
      facts.close();
      metadata.close();
    }
  }

  private static Entry device(String user, String id, String platform, Instant at) {
    Identity owner = Identity.user(user);
    return new Entry.OfDevice(
        new DeviceChange(
            owner,
            owner.key(),
            new Device(id, platform, platform.equals("web") ? "Linux" : "Android", "M1", true, at),
            "token-" + id,
            at));
  }

  private Connections connections() {
    return id ->
        Optional.of(
            new Connections.Connected(
                new Connection(id, "scripted", "Connection " + id, Map.of(), Map.of()),
                id == WEB ? web : android));
  }

  @Test
  void aKilledCampaignGoesOnAndReachesEachDeviceOnce() throws Exception {
    int id;
    try (Node node = new Node()) {
      node.addPeople();
      id = node.launch();
      await(() -> calls() > PEOPLE);
      node.dispatcher.abandon();
    }
    try (Node node = new Node()) {
      node.dispatcher.wake(id);
      await(() -> node.status(id) == CampaignStatus.COMPLETED);
      assertCounted(node, id);
    }
  }

  @Test
  void whereOneConnectionBreaksTheOtherGoesOn() throws Exception {
    webIsBroken.set(true);
    try (Node node = new Node()) {
      node.addPeople();
      int id = node.launch();
      await(() -> node.status(id) == CampaignStatus.PAUSED);
      node.facts.settle();
      Map<String, Long> counts = node.facts.recount(id, ZONE).counts();
      assertThat(count(counts, "sent")).isEqualTo(2 * target(counts) / 3);
      assertThat(count(counts, "pending")).isEqualTo(target(counts) / 3);
      assertThat(node.metadata.heldConnections(id))
          .extracting(HeldConnection::connection)
          .containsExactly(WEB);

      webIsBroken.set(false);
      node.metadata.freeConnection(id, WEB);
      node.dispatcher.calm(WEB);
      node.move(id, CampaignStatus.PAUSED, CampaignStatus.RUNNING);
      node.dispatcher.wake(id);
      await(() -> node.status(id) == CampaignStatus.COMPLETED);
      assertCounted(node, id);
    }
  }

  private static long count(Map<String, Long> counts, String name) {
    return counts.getOrDefault(name, 0L);
  }

  private static long target(Map<String, Long> counts) {
    return count(counts, "planned") - count(counts, "control");
  }

  private long calls() {
    return (long) android.calls().size() + web.calls().size();
  }

  /** All of a person's devices got it, or none as the person is held out. */
  private void assertCounted(Node node, int id) {
    node.facts.settle();
    Recount recount = node.facts.recount(id, ZONE);
    Map<String, Long> counts = recount.counts();
    assertThat(count(counts, "planned")).isEqualTo(3L * PEOPLE);
    assertThat(count(counts, "qualified")).isEqualTo(PEOPLE);
    assertThat(count(counts, "control") % 3).isZero();
    assertThat(count(counts, "control")).isBetween(3L * 120, 3L * 280);
    assertThat(count(counts, "pending")).isZero();
    assertThat(count(counts, "sent") + count(counts, "uncertain")).isEqualTo(target(counts));
    assertThat(Stream.concat(android.violations().stream(), web.violations().stream())).isEmpty();
    assertThat(android.calls())
        .allMatch(
            call ->
                call.address().startsWith("token-phone")
                    || call.address().startsWith("token-tablet"));
    assertThat(web.calls()).allMatch(call -> call.address().startsWith("token-browser"));
  }

  private static void await(BooleanSupplier reached) throws InterruptedException {
    while (!reached.getAsBoolean()) {
      CLOCK.sleep(Duration.ofMillis(20));
    }
  }
}
