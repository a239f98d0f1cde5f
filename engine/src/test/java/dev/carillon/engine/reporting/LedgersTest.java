package dev.carillon.engine.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.engine.port.ledger.LedgerStore;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class LedgersTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final int MESSAGES = 20_000;
  private static final long SEED = 20_261_130L;

  private final KnownLedgers store = new KnownLedgers();

  @Test
  void factsThatNobodyReadsStayWithinTheirMemoryForAllCampaignsTogether() {
    int campaigns = 200;
    long most = 1 << 20;
    Ledgers ledgers = new Ledgers(store, campaigns, Long.MAX_VALUE, most);
    for (int campaign = 1; campaign <= campaigns; campaign++) {
      assertThat(sent(ledgers, campaign)).isZero();
    }
    Random random = new Random(SEED);
    for (int batch = 0; batch < 400; batch++) {
      List<Fact> facts = new ArrayList<>();
      for (int i = 0; i < 2_500; i++) {
        facts.add(accepted(1 + random.nextInt(campaigns), random.nextInt(MESSAGES)));
      }
      store.add(facts);
      ledgers.applied(new Applied(facts, List.of()));
      assertThat(ledgers.pendingBytes())
          .as("seed %d, batch %d", SEED, batch)
          .isLessThanOrEqualTo(most);
    }
    for (int campaign = 1; campaign <= campaigns; campaign++) {
      assertThat(sent(ledgers, campaign))
          .as("seed %d, campaign %d", SEED, campaign)
          .isEqualTo(sent(store.loadLedger(campaign, ZONE)));
    }
  }

  @Test
  void ofManyFactsThatWaitAndFewTheManyGo() {
    Ledgers ledgers = new Ledgers(store, 10, Long.MAX_VALUE, 20_000);
    sent(ledgers, 1);
    sent(ledgers, 2);
    apply(ledgers, facts(1, 100));
    apply(ledgers, facts(2, 5_000));
    assertThat(ledgers.size()).isEqualTo(1);
    assertThat(sent(ledgers, 1)).isEqualTo(100);
    assertThat(store.loads).isEqualTo(Map.of(1, 1, 2, 1));
    assertThat(sent(ledgers, 2)).isEqualTo(5_000);
    assertThat(store.loads).isEqualTo(Map.of(1, 1, 2, 2));
  }

  @Test
  void aPackedFactTakesFewBytes() {
    Ledgers ledgers = new Ledgers(store, 10, Long.MAX_VALUE, Long.MAX_VALUE);
    sent(ledgers, 1);
    apply(ledgers, facts(1, MESSAGES));
    assertThat(ledgers.pendingBytes()).isBetween(4L * MESSAGES, 7L * MESSAGES);
  }

  @Test
  void ledgersStayWithinTheirMemoryAndTheLastUsedStays() {
    for (int campaign = 1; campaign <= 5; campaign++) {
      store.add(facts(campaign, MESSAGES));
    }
    Ledgers ledgers = new Ledgers(store, 10, 3L * 4 * MESSAGES, 1 << 20);
    for (int campaign = 1; campaign <= 5; campaign++) {
      assertThat(sent(ledgers, campaign)).isEqualTo(MESSAGES);
    }
    assertThat(ledgers.size()).isBetween(1, 3);
    sent(ledgers, 5);
    assertThat(store.loads).containsEntry(5, 1);

    Ledgers tiny = new Ledgers(store, 10, 1, 1 << 20);
    assertThat(sent(tiny, 1)).as("one that is too large alone is read all the same").isPositive();
    assertThat(tiny.size()).isEqualTo(1);
  }

  @Test
  void aSmallHeapHasLittleRoomForLedgers() {
    for (int campaign = 1; campaign <= 3; campaign++) {
      store.add(facts(campaign, MESSAGES));
    }
    Ledgers ledgers = Ledgers.within(5L * 6 * MESSAGES, store, 10);
    for (int campaign = 1; campaign <= 3; campaign++) {
      sent(ledgers, campaign);
    }
    assertThat(ledgers.size()).isEqualTo(1);
  }

  @Test
  void afterAFailureNoLedgerLacksWhatItWasNotTold() {
    Ledgers ledgers = new Ledgers(store, 10, Long.MAX_VALUE, 1 << 20);
    assertThat(sent(ledgers, 1)).isZero();
    Fact broken = new Fact(1, -1, FactKind.ACCEPTED, null, null, NOW, NOW, null, 0);
    List<Fact> facts = List.of(accepted(1, 1), broken, accepted(1, 2));
    store.add(List.of(accepted(1, 1), accepted(1, 2)));
    assertThatThrownBy(() -> ledgers.applied(new Applied(facts, List.of())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(sent(ledgers, 1)).isEqualTo(2);
  }

  private void apply(Ledgers ledgers, List<Fact> facts) {
    store.add(facts);
    ledgers.applied(new Applied(facts, List.<GoalEvent>of()));
  }

  private static List<Fact> facts(int campaign, int messages) {
    List<Fact> facts = new ArrayList<>();
    for (int seq = 0; seq < messages; seq++) {
      facts.add(accepted(campaign, seq));
    }
    return facts;
  }

  private static Fact accepted(int campaign, int seq) {
    return Fact.witnessed(new MessageRef(campaign, seq), FactKind.ACCEPTED, null, NOW);
  }

  private static int sent(Ledgers ledgers, int campaign) {
    return ledgers.<Integer>read(campaign, ZONE, MESSAGES, LedgersTest::sent);
  }

  private static int sent(Ledger ledger) {
    return ledger.sets().sent().all().getCardinality();
  }

  /** Ledgers made of all facts that were added, each with a run of as many messages. */
  private static final class KnownLedgers implements LedgerStore {
    private final Map<Integer, List<Fact>> facts = new HashMap<>();
    private final Map<Integer, Integer> loads = new HashMap<>();

    void add(List<Fact> more) {
      more.forEach(
          fact -> facts.computeIfAbsent(fact.campaign(), _ -> new ArrayList<>()).add(fact));
    }

    @Override
    public Ledger loadLedger(int campaign, ZoneId zone) {
      loads.merge(campaign, 1, Integer::sum);
      Ledger ledger = new Ledger(campaign, zone);
      ledger.add(new PlannedRun(1, NOW, 0, MESSAGES, new RoaringBitmap(), Map.of(), Map.of()));
      facts.getOrDefault(campaign, List.of()).forEach(ledger::add);
      return ledger;
    }

    @Override
    public void snapshotLedger(int campaign, ZoneId zone) {}
  }
}
