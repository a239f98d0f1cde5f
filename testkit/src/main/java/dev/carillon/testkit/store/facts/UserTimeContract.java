package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.phone;
import static dev.carillon.testkit.store.FactEntries.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.LocalDeliveryTimes;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.ledger.LedgerStore;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import dev.carillon.testkit.store.FactStoreKit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every store that plans runs must do with those that go by the users' own clocks. */
public interface UserTimeContract<
        S extends EntryJournal & PlanningStore & MessageStore & LedgerStore>
    extends FactStoreKit<S> {

  List<String> TEXTS =
      List.of(
          "\"Tz\":\"asia/kolkata\"",
          "\"tz\":\"+0100\"",
          "\"timezone\":\"America/New_York\"",
          "\"Tz\":\"O'Mars \\\"\"",
          "\"Tz\":7",
          "\"Timezone\":\"Pacific/Auckland\"");

  @Test
  default void eachMessageHasItsUsersMoment() {
    appendAndSettle(store(), inZones(60));
    // Ten minutes after the time in Auckland; with a grace of five it has passed there alone.
    LocalDateTime local = LocalDateTime.ofInstant(NOW, ZoneId.of("Pacific/Auckland"));
    LocalDeliveryTimes times =
        new LocalDeliveryTimes(
            local.minusMinutes(10), ZONE, Duration.ofMinutes(5), Delivery.Passed.DROP);
    PlannedRun run = store().plan(order(1, times)).run();

    assertThat(run.suppressed()).containsOnlyKeys(SuppressionReason.TIME_PASSED);
    assertThat(run.count()).isEqualTo(60);
    List<Outgoing> outgoing = store().outgoing(1, 0, 60);
    assertThat(outgoing).hasSize(50);
    for (Outgoing message : outgoing) {
      int number = Integer.parseInt(message.identity().value().substring(4));
      ZoneId zone =
          switch (number % TEXTS.size()) {
            case 0 -> ZoneId.of("Asia/Kolkata");
            case 1 -> ZoneOffset.ofHours(1);
            case 2 -> ZoneId.of("America/New_York");
            default -> ZONE;
          };
      assertThat(message.notBefore())
          .as(TEXTS.get(number % TEXTS.size()))
          .isEqualTo(local.minusMinutes(10).atZone(zone).toInstant());
    }
    assertThat(outgoing).extracting(Outgoing::seq).isSorted();
    assertThat(outgoing.stream().map(Outgoing::notBefore).toList())
        .isSortedAccordingTo((one, other) -> one.compareTo(other));
    assertThat(store().planned(1, 1)).contains(run);
    assertThat(store().planned(1, 2)).isEmpty();
  }

  @Test
  default void aSharedAddressIsStillSentToOnceAcrossZones() {
    ArrayList<Entry> users = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      users.add(
          profile(
              "user" + i,
              "{\"Phone\":\"+" + phone(i / 2) + "\"," + TEXTS.get(i % 3) + "}",
              NOW.minus(Duration.ofDays(30))));
    }
    appendAndSettle(store(), users);
    LocalDateTime tomorrow = LocalDateTime.ofInstant(NOW, ZONE).plusDays(2);
    PlannedRun run =
        store()
            .plan(
                order(
                    1, new LocalDeliveryTimes(tomorrow, ZONE, Duration.ZERO, Delivery.Passed.DROP)))
            .run();

    assertThat(run.suppressed()).containsOnlyKeys(SuppressionReason.DUPLICATE_ADDRESS);
    assertThat(store().outgoing(1, 0, 12))
        .extracting(Outgoing::address)
        .hasSize(6)
        .doesNotHaveDuplicates();
  }

  @Test
  default void theZonesThatProfilesNameAreFound() {
    assertThat(store().zones()).isEmpty();
    appendAndSettle(store(), inZones(12));
    assertThat(store().zones())
        .containsExactlyInAnyOrder(
            ZoneId.of("Asia/Kolkata"),
            ZoneOffset.ofHours(1),
            ZoneId.of("America/New_York"),
            ZoneId.of("Pacific/Auckland"));
  }

  @Test
  default void runsFollowOneAnotherWithTheSameControlGroup() {
    appendAndSettle(store(), inZones(60));
    List<TreeMap<String, Boolean>> groups = new ArrayList<>();
    TreeSet<Integer> seqs = new TreeSet<>();
    for (int run = 1; run <= 3; run++) {
      Instant planning = NOW.plus(Duration.ofDays(run));
      PlannedRun planned =
          store()
              .plan(
                  PlanOrderBuilder.of(1, run, new Evaluation(planning, ZONE))
                      .holdingOut(30)
                      .order())
              .run();
      assertThat(planned.firstSeq()).isEqualTo((run - 1) * 60);
      TreeMap<String, Boolean> group = new TreeMap<>();
      for (Outgoing message :
          store().outgoing(1, planned.firstSeq(), planned.firstSeq() + planned.count())) {
        group.put(message.identity().value(), message.control());
        seqs.add(message.seq());
      }
      groups.add(group);
    }
    assertThat(groups.getFirst()).containsValue(true).containsValue(false);
    assertThat(groups).containsOnly(groups.getFirst());
    assertThat(seqs).hasSize(180);
    assertThat(store().loadLedger(1, ZONE).planned()).isEqualTo(180);
  }

  private static List<Entry> inZones(int count) {
    ArrayList<Entry> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(
          profile(
              "user" + i,
              "{\"Phone\":\"+" + phone(i) + "\"," + TEXTS.get(i % TEXTS.size()) + "}",
              NOW.minus(Duration.ofDays(30))));
    }
    return users;
  }

  private static PlanOrder order(int campaign, LocalDeliveryTimes times) {
    return PlanOrderBuilder.of(campaign, 1, new Evaluation(NOW, ZONE)).at(times).order();
  }
}
