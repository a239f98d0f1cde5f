package dev.carillon.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.message.PlannedAttribute;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class LedgerTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOON = Instant.parse("2026-11-02T11:00:00Z");

  private final Ledger ledger = new Ledger(1, BERLIN);

  @Test
  void factsBeforeTheirPlanCountAsSoonAsItComes() {
    ledger.add(fact(0, FactKind.ACCEPTED, null, NOON));
    assertThat(ledger.sets().sent().all().isEmpty()).isTrue();
    ledger.add(run(2));
    assertThat(ledger.sets().sent().all().toArray()).containsExactly(0);
    assertThat(ledger.sets().pending().toArray()).containsExactly(1);
    assertThat(ledger.planned()).isEqualTo(2);
  }

  @Test
  void daysAreThoseOfTheAccountsZoneAcrossClockChanges() {
    ledger.add(run(4));
    // The clocks go back in Berlin on 25 October 2026: that day has 25 hours.
    ledger.add(fact(0, FactKind.ACCEPTED, null, Instant.parse("2026-10-24T21:59:59Z")));
    ledger.add(fact(1, FactKind.ACCEPTED, null, Instant.parse("2026-10-24T22:00:00Z")));
    ledger.add(fact(2, FactKind.ACCEPTED, null, Instant.parse("2026-10-25T22:59:59Z")));
    ledger.add(fact(3, FactKind.ACCEPTED, null, Instant.parse("2026-10-25T23:00:00Z")));
    Map<Integer, RoaringBitmap> byDay = ledger.sets().sent().byDay();
    assertThat(byDay.keySet().stream().map(LocalDate::ofEpochDay))
        .containsExactly(
            LocalDate.of(2026, 10, 24), LocalDate.of(2026, 10, 25), LocalDate.of(2026, 10, 26));
    assertThat(byDay.get((int) LocalDate.of(2026, 10, 25).toEpochDay()))
        .isEqualTo(RoaringBitmap.bitmapOf(1, 2));
  }

  @Test
  void aTryThatCameBackLeavesTheMessagePendingAndAnOpenOneUncertain() {
    ledger.add(run(2));
    for (int seq = 0; seq < 2; seq++) {
      ledger.add(fact(seq, FactKind.ATTEMPTED, "1", NOON));
      ledger.add(fact(seq, FactKind.RETURNED, "1", NOON));
    }
    ledger.add(fact(1, FactKind.ATTEMPTED, "2", NOON));
    assertThat(ledger.sets().pending().toArray()).containsExactly(0);
    assertThat(ledger.sets().uncertain().toArray()).containsExactly(1);
  }

  @Test
  void revenueIsExactBeyondSixtyFourBits() {
    ledger.add(run(3));
    for (int seq = 0; seq < 3; seq++) {
      ledger.add(fact(seq, FactKind.ACCEPTED, null, NOON));
      ledger.add(new GoalEvent(1, seq, 9, NOON, Long.MAX_VALUE));
    }
    BigInteger each = BigInteger.valueOf(Long.MAX_VALUE);
    RevenueSums.Sum sum = ledger.sets().revenue().sum(null);
    assertThat(sum.amount())
        .isEqualByComparingTo(new BigDecimal(each.multiply(BigInteger.valueOf(3)), 6));
    assertThat(sum.squares())
        .isEqualByComparingTo(new BigDecimal(each.pow(2).multiply(BigInteger.valueOf(3)), 12));
  }

  @Test
  void refundsOfOneMessageAreTakenFromItsRevenue() {
    ledger.add(run(1));
    ledger.add(fact(0, FactKind.ACCEPTED, null, NOON));
    ledger.add(new GoalEvent(1, 0, 1, NOON, 25_500_000));
    ledger.add(new GoalEvent(1, 0, 1, NOON, 25_500_000));
    ledger.add(new GoalEvent(1, 0, 2, NOON, -5_250_000));
    assertThat(ledger.sets().revenue().sum(null).amount()).isEqualByComparingTo("20.25");
  }

  @Test
  void refusesFactsOfAnotherCampaignAndOfNoMessage() {
    assertThatThrownBy(
            () -> ledger.add(Fact.witnessed(new MessageRef(2, 0), FactKind.ACCEPTED, null, NOON)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ledger.add(new GoalEvent(1, -1, 0, NOON, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsOnlyWhatItWroteForThisCampaignAndZone() throws IOException {
    ledger.add(run(5));
    byte[] bytes = bytes(ledger);
    assertThat(read(bytes, 1, BERLIN).planned()).isEqualTo(5);
    assertThatThrownBy(() -> read(bytes, 2, BERLIN)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(bytes, 1, ZoneId.of("UTC"))).isInstanceOf(IOException.class);
    for (int length = 0; length < bytes.length; length++) {
      byte[] torn = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(torn, 1, BERLIN)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void spellingsOfAValueAreOneAndWhatHasNoneIsUnknown() throws IOException {
    ledger.add(
        new PlannedRun(
            1,
            NOON,
            0,
            6,
            RoaringBitmap.bitmapOf(5),
            Map.of(
                PlannedAttribute.OS,
                Map.of(
                    "iOS", RoaringBitmap.bitmapOf(0, 5),
                    "IOS", RoaringBitmap.bitmapOf(1),
                    "Unknown", RoaringBitmap.bitmapOf(2),
                    " ", RoaringBitmap.bitmapOf(3)),
                PlannedAttribute.VARIANT,
                Map.of(
                    "10", RoaringBitmap.bitmapOf(0),
                    "9", RoaringBitmap.bitmapOf(1, 5),
                    "none", RoaringBitmap.bitmapOf(2))),
            Map.of()));
    ledger.add(fact(4, FactKind.VARIANT_GIVEN, "9", NOON));
    for (Ledger each : List.of(ledger, read(bytes(ledger), 1, BERLIN))) {
      Map<String, RoaringBitmap> systems = each.sets().values(PlannedAttribute.OS);
      assertThat(systems.keySet()).containsExactly("IOS", "unknown");
      assertThat(systems.get("ios")).isEqualTo(RoaringBitmap.bitmapOf(0, 1, 5));
      assertThat(systems.get("unknown")).isEqualTo(RoaringBitmap.bitmapOf(2, 3, 4));
      Map<String, RoaringBitmap> variants = each.sets().values(PlannedAttribute.VARIANT);
      assertThat(variants.keySet()).containsExactly("9", "10");
      assertThat(variants.get("9")).isEqualTo(RoaringBitmap.bitmapOf(1, 4));
    }
  }

  @Test
  void refusesADamagedSnapshot() throws IOException {
    ledger.add(run(5));
    ledger.add(fact(1, FactKind.CLICKED, "0", NOON));
    ledger.add(new GoalEvent(1, 0, 1, NOON, 5));
    byte[] bytes = bytes(ledger);
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= (byte) 0x81;
      assertThatThrownBy(() -> read(damaged, 1, BERLIN)).isInstanceOf(IOException.class);
    }
  }

  private static byte[] bytes(Ledger ledger) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ledger.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Ledger read(byte[] bytes, int campaign, ZoneId zone) throws IOException {
    return Ledger.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)), campaign, zone);
  }

  private static PlannedRun run(int count) {
    return new PlannedRun(1, NOON, 0, count, new RoaringBitmap(), Map.of(), Map.of());
  }

  private static Fact fact(int seq, FactKind kind, @Nullable String detail, Instant at) {
    return Fact.witnessed(new MessageRef(1, seq), kind, detail, at);
  }
}
