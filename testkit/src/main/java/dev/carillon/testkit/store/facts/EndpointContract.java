package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.link;
import static dev.carillon.testkit.store.FactEntries.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.WinnerTest;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.user.Device;
import dev.carillon.core.user.DeviceChange;
import dev.carillon.core.user.Endpoint;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.campaign.Route;
import dev.carillon.engine.port.campaign.RunPlan;
import dev.carillon.engine.port.campaign.RunSection;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.people.PersonLookup;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import dev.carillon.testkit.store.FactStoreKit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** What every store of facts must know of where users can be sent messages. */
public interface EndpointContract<
        S extends EntryJournal & PlanningStore & MessageStore & PersonLookup>
    extends FactStoreKit<S> {
  int ANDROID = 4;
  int WEB = 5;

  /** A device of a user; the address is the device's name with {@code token-} before. */
  private static Entry device(String user, String id, String platform, Instant at) {
    return device(Identity.user(user), id, platform, true, "token-" + id, at);
  }

  private static Entry device(
      Identity owner,
      String id,
      String platform,
      boolean allowed,
      @Nullable String address,
      Instant at) {
    return new Entry.OfDevice(
        new DeviceChange(
            owner,
            owner.key(),
            new Device(id, platform, platform.equals("web") ? "Linux" : "Android", "", allowed, at),
            address,
            at.plusSeconds(1)));
  }

  private List<String> devices(String user) {
    return store().person(Identity.user(user)).orElseThrow().endpoints().all().stream()
        .filter(endpoint -> endpoint.kind() == EndpointKind.DEVICE && endpoint.isUsable())
        .map(Endpoint::address)
        .toList();
  }

  private static PlanOrder push(int run) {
    return PlanOrderBuilder.of(1, run, new Evaluation(NOW, ZONE))
        .on(Channel.PUSH)
        .through(new Route(ANDROID, "android"), new Route(WEB, "web"))
        .order();
  }

  /** The addresses of the messages that may be sent, by number. */
  private Map<Integer, String> addresses(int from, int to) {
    Map<Integer, String> addresses = new TreeMap<>();
    for (Outgoing outgoing : store().outgoing(1, from, to)) {
      addresses.put(outgoing.seq(), outgoing.address());
    }
    return addresses;
  }

  @Test
  default void aProfilesAddressesAreEndpoints() {
    appendAndSettle(
        store(),
        profile("ann", "{\"Phone\":\"+919876543210\",\"Email\":\"Ann@Example.org\"}", NOW),
        profile("bob", "{\"Phone\":\"+1\",\"Email\":\"none\"}", NOW));

    assertThat(store().person(Identity.user("ann")).orElseThrow().endpoints().all())
        .containsExactlyInAnyOrder(
            Endpoint.of(EndpointKind.PHONE, "919876543210"),
            Endpoint.of(EndpointKind.EMAIL, "ann@example.org"));
    assertThat(store().person(Identity.user("bob")).orElseThrow().endpoints().all())
        .containsExactlyInAnyOrder(
            Endpoint.invalid(EndpointKind.PHONE), Endpoint.invalid(EndpointKind.EMAIL));
  }

  @Test
  default void anAddressThatWasLeftIsKeptAsSuch() {
    Instant moved = NOW.minus(Duration.ofDays(1));
    appendAndSettle(
        store(),
        profile("ann", "{\"Email\":\"ann@old.example\"}", NOW.minus(Duration.ofDays(9))),
        profile("ann", "{\"Email\":\"ann@new.example\"}", moved));

    assertThat(store().person(Identity.user("ann")).orElseThrow().endpoints().all())
        .containsExactly(
            Endpoint.of(EndpointKind.EMAIL, "ann@new.example"),
            Endpoint.left(EndpointKind.EMAIL, "ann@old.example", moved));
  }

  @RepeatedTest(10)
  default void aDeviceIsTheLastUsersWhoRegisteredIt(RepetitionInfo repetition) {
    long seed = 12_000L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    List<Entry> registrations = new ArrayList<>();
    String last = "";
    for (int i = 0; i < 12; i++) {
      last = "user" + random.nextInt(3);
      registrations.add(device(last, "tablet", "android", NOW.minusSeconds(100 - i)));
    }
    registrations.addAll(List.copyOf(registrations.subList(0, 4)));
    Collections.shuffle(registrations, random);
    for (Entry registration : registrations) {
      store().append(List.of(registration));
      if (random.nextInt(3) == 0) {
        store().settle();
      }
    }
    store().settle();

    for (int user = 0; user < 3; user++) {
      String name = "user" + user;
      boolean known =
          registrations.stream()
              .anyMatch(
                  entry ->
                      entry instanceof Entry.OfDevice(DeviceChange change)
                          && change.identity().value().equals(name));
      if (known) {
        assertThat(devices(name))
            .as("seed %s, %s", seed, name)
            .isEqualTo(name.equals(last) ? List.of("token-tablet") : List.of());
      }
    }
  }

  @Test
  default void aDeviceThatIsTakenBackGetsNothing() {
    Identity ann = Identity.user("ann");
    appendAndSettle(
        store(),
        device(ann, "phone", "android", true, null, NOW.minusSeconds(5)),
        device("ann", "phone", "android", NOW.minusSeconds(9)));

    assertThat(devices("ann")).isEmpty();
    RunPlan plan = store().plan(push(1));
    assertThat(plan.run().suppressed()).containsOnlyKeys(SuppressionReason.NO_ADDRESS);
  }

  @Test
  default void aRunHasAMessageForEachDeviceOfItsPlatforms() {
    Instant before = NOW.minus(Duration.ofDays(2));
    appendAndSettle(
        store(),
        device("ann", "phone", "android", before),
        device("ann", "tablet", "android", before),
        device("ann", "browser", "web", before),
        device("bob", "browser2", "web", before),
        device("bob", "iphone", "ios", before),
        profile("none", "{}", before),
        profile("refuses", "{\"MSG-push\":false}", before),
        device("refuses", "phone3", "android", before),
        device(Identity.user("quiet"), "phone4", "android", false, "token-phone4", before));
    RunPlan plan = store().plan(push(1));

    assertThat(plan.run().count()).isEqualTo(7);
    assertThat(plan.sections()).extracting(RunSection::connection).containsExactly(ANDROID, WEB);
    RunSection android = plan.sections().getFirst();
    RunSection web = plan.sections().getLast();
    assertThat(addresses(android.firstSeq(), android.endSeq()).values())
        .containsExactlyInAnyOrder("token-phone", "token-tablet");
    assertThat(addresses(web.firstSeq(), web.endSeq()).values())
        .containsExactlyInAnyOrder("token-browser", "token-browser2");
    assertThat(plan.run().suppressed())
        .containsOnlyKeys(SuppressionReason.NO_ADDRESS, SuppressionReason.UNSUBSCRIBED)
        .hasEntrySatisfying(
            SuppressionReason.NO_ADDRESS, one -> assertThat(one.getCardinality()).isEqualTo(1))
        .hasEntrySatisfying(
            SuppressionReason.UNSUBSCRIBED, two -> assertThat(two.getCardinality()).isEqualTo(2));
    assertThat(store().plan(push(1))).isEqualTo(plan);
    assertThat(reopened().plan(push(1))).isEqualTo(plan);
  }

  @Test
  default void peopleWhoAreJoinedHaveTheDevicesOfBoth() {
    Identity visitor = new Identity(Identity.Kind.ANONYMOUS, "visitor");
    appendAndSettle(
        store(),
        device(visitor, "browser", "web", true, "token-browser", NOW.minusSeconds(9)),
        device("ann", "phone", "android", NOW.minusSeconds(9)));
    RunPlan before = store().plan(push(1));
    assertThat(before.run().count()).isEqualTo(2);

    appendAndSettle(store(), link(visitor, Identity.user("ann")));
    assertThat(devices("ann")).containsExactlyInAnyOrder("token-browser", "token-phone");
    appendAndSettle(
        store(), device(visitor, "laptop", "web", true, "token-laptop", NOW.minusSeconds(7)));
    assertThat(devices("ann")).hasSize(3);
    assertThat(store().plan(push(2)).run().count()).isEqualTo(3);
    assertThat(store().users(1, 0, 10).values()).containsOnly(Identity.user("ann").key());
  }

  @Test
  default void twoDevicesWithOneAddressGetOneMessage() {
    appendAndSettle(
        store(),
        device(Identity.user("ann"), "phone", "android", true, "same", NOW.minusSeconds(9)),
        device(Identity.user("bob"), "again", "android", true, "same", NOW.minusSeconds(5)));

    RunPlan plan = store().plan(push(1));
    assertThat(addresses(0, 10)).hasSize(1);
    assertThat(plan.run().suppressed()).containsOnlyKeys(SuppressionReason.DUPLICATE_ADDRESS);
  }

  @Test
  default void anAddressThatDiedGetsNothingUntilItIsRegisteredAgain() {
    Instant registered = NOW.minusSeconds(90);
    appendAndSettle(
        store(),
        device("ann", "phone", "android", registered),
        device("bob", "tablet", "android", registered),
        died("token-phone", registered.plusSeconds(10)),
        died("token-tablet", registered.minusSeconds(10)));

    RunPlan plan = store().plan(push(1));
    assertThat(addresses(0, 10).values()).containsExactly("token-tablet");
    assertThat(plan.run().suppressed()).containsOnlyKeys(SuppressionReason.INVALID_ADDRESS);
    appendAndSettle(store(), device("ann", "phone", "android", registered.plusSeconds(20)));
    store().plan(push(2));
    assertThat(addresses(2, 10).values()).containsExactlyInAnyOrder("token-phone", "token-tablet");
  }

  @RepeatedTest(5)
  default void aTargetCapCountsPeopleAndKeepsTheirDevicesTogether(RepetitionInfo repetition) {
    long seed = 13_000L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    List<Entry> devices = new ArrayList<>();
    for (int user = 0; user < 60; user++) {
      int number = 1 + random.nextInt(3);
      for (int i = 0; i < number; i++) {
        devices.add(
            device(
                "user" + user + "of" + seed,
                "d" + user + "." + i,
                random.nextBoolean() ? "web" : "android",
                NOW.minusSeconds(60)));
      }
    }
    appendAndSettle(store(), devices);
    for (int run = 1; run <= 2; run++) {
      RunPlan plan =
          store()
              .plan(
                  PlanOrderBuilder.of(1, run, new Evaluation(NOW, ZONE))
                      .on(Channel.PUSH)
                      .through(new Route(ANDROID, "android"), new Route(WEB, "web"))
                      .holdingOut(20)
                      .within(new Limits(true, null, new Limits.Target(15, null, null), null))
                      .order());
      int from = plan.run().firstSeq();
      Map<Long, List<Boolean>> targets = new TreeMap<>();
      Map<Integer, Long> users = store().users(1, from, from + plan.run().count());
      RoaringBitmap capped =
          plan.run().suppressed().getOrDefault(SuppressionReason.TARGET_CAP, new RoaringBitmap());
      for (int seq = from; seq < from + plan.run().count(); seq++) {
        Long user = users.get(seq);
        if (user != null && !plan.run().control().contains(seq)) {
          targets.computeIfAbsent(user, any -> new ArrayList<>()).add(!capped.contains(seq));
        }
      }
      assertThat(targets).as("seed %s, run %s", seed, run).hasSize(run == 1 ? 15 : 0);
      assertThat(targets.values()).allSatisfy(all -> assertThat(all).containsOnly(true));
    }
  }

  @Test
  default void aTestOfSoManyTakesPeopleWithAllTheirDevices() {
    List<Entry> devices = new ArrayList<>();
    for (int user = 0; user < 40; user++) {
      for (int i = 0; i <= user % 3; i++) {
        String platform = i == 1 ? "web" : "android";
        devices.add(device("user" + user, "d" + user + "." + i, platform, NOW.minusSeconds(60)));
      }
    }
    appendAndSettle(store(), devices);
    WhatsAppTemplate any = new WhatsAppTemplate(ANDROID, "any", "en", null, List.of(), List.of());
    PlannedRun run =
        store()
            .plan(
                PlanOrderBuilder.of(1, 1, new Evaluation(NOW, ZONE))
                    .on(Channel.PUSH)
                    .through(new Route(ANDROID, "android"), new Route(WEB, "web"))
                    .saying(
                        new Variants(
                            List.of(
                                new Variants.Variant("A", 0, any),
                                new Variants.Variant("B", 0, any)),
                            new WinnerTest(
                                new WinnerTest.Messages(10),
                                WinnerTest.Metric.VIEWS,
                                Duration.ofHours(4),
                                0)))
                    .order())
            .run();

    RoaringBitmap tested = new RoaringBitmap();
    run.attributes().getOrDefault(PlannedAttribute.VARIANT, Map.of()).values().forEach(tested::or);
    Map<Long, List<Boolean>> people = new TreeMap<>();
    store()
        .users(1, 0, run.count())
        .forEach(
            (seq, user) ->
                people.computeIfAbsent(user, _ -> new ArrayList<>()).add(tested.contains(seq)));
    assertThat(people).hasSize(40);
    assertThat(people.values()).allMatch(all -> all.stream().distinct().count() == 1);
    assertThat(people.values().stream().filter(List::getFirst)).hasSize(10);
  }

  private static Entry died(String address, Instant at) {
    return new Entry.EndpointDead(Channel.PUSH, address, "UNREGISTERED", at, ANDROID);
  }

  @Test
  default void deletedPeopleLeaveNoDevice() {
    appendAndSettle(store(), device("ann", "phone", "android", NOW.minusSeconds(9)));
    store().plan(push(1));
    appendAndSettle(store(), new Entry.Erasure(Identity.user("ann"), NOW));

    assertThat(store().person(Identity.user("ann"))).isEmpty();
    assertThat(addresses(0, 10)).isEmpty();
    appendAndSettle(store(), device("ann", "phone", "android", NOW.minusSeconds(8)));
    assertThat(store().person(Identity.user("ann"))).isEmpty();
    assertThat(store().plan(push(2)).run().count()).isZero();
  }
}
