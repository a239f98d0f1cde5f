package dev.carillon.testkit.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.VariantDecision;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.WinnerTest;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.provider.SendResult;
import dev.carillon.testkit.sending.ScriptedProvider.Call;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.roaringbitmap.RoaringBitmap;

/** Each user gets one variant, and after a test the rest gets the better one. */
@Timeout(60)
class VariantSendingTest {
  private static final Duration FOUR_HOURS = Duration.ofHours(4);

  private static Variants variants(@Nullable WinnerTest test, int... shares) {
    List<Variants.Variant> all =
        IntStream.range(0, shares.length)
            .mapToObj(
                number -> {
                  String name = Character.toString('A' + number);
                  return new Variants.Variant(
                      name,
                      shares[number],
                      new WhatsAppTemplate(
                          ScriptedProvider.CONNECTION, name, "en", null, List.of(), List.of()));
                })
            .toList();
    return new Variants(all, test);
  }

  private static WinnerTest test(int fallback) {
    return new WinnerTest(
        new WinnerTest.Percent(40), WinnerTest.Metric.VIEWS, FOUR_HOURS, fallback);
  }

  private static RoaringBitmap members(DerivedSets sets, int variant) {
    return sets.values(PlannedAttribute.VARIANT)
        .getOrDefault(Integer.toString(variant), new RoaringBitmap());
  }

  private static Map<String, Long> templates(List<Call> calls) {
    return calls.stream().collect(Collectors.groupingBy(Call::template, Collectors.counting()));
  }

  @Test
  void splitDeliveryKeepsTheShares() throws Exception {
    try (SendingFixture bench = new SendingFixture(1e6, ScriptedProvider::accepted).people(1_000)) {
      int id = bench.node().launch(10, variants(null, 20, 50, 30));
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      DerivedSets sets = bench.facts.loadLedger(id, ZoneOffset.UTC).sets();
      Map<String, Long> sent = templates(bench.provider.calls());
      assertThat(sent.getOrDefault("A", 0L)).isBetween(120L, 240L);
      assertThat(sent.getOrDefault("B", 0L)).isBetween(390L, 510L);
      for (int number = 0; number < 3; number++) {
        assertThat((long) RoaringBitmap.andCardinality(members(sets, number), sets.sent().all()))
            .isEqualTo(sent.getOrDefault(Character.toString('A' + number), 0L));
      }
      assertThat(bench.provider.violations()).isEmpty();
    }
  }

  @Test
  void theRestGetsTheWinnerWithAnyDecider() throws Exception {
    SendingFixture[] bench = new SendingFixture[1];
    // recipients of B read it, of the others one in four
    Function<Call, SendResult> reading =
        call -> {
          MessageRef message = bench[0].references.read(call.reference()).orElseThrow();
          if (call.template().equals("B") || message.seq() % 4 == 0) {
            bench[0].facts.append(
                List.of(
                    new Entry.OfFact(Fact.witnessed(message, FactKind.VIEWED, null, call.at()))));
          }
          return ScriptedProvider.accepted(call);
        };
    try (SendingFixture made = new SendingFixture(1e6, reading::apply).people(600)) {
      bench[0] = made;
      SendingFixture.Node first = made.node();
      int id = first.launch(20, variants(test(0), 0, 0));
      SendingFixture.await(() -> made.provider.calls().size() > 100);
      first.dispatcher.abandon();
      made.node().dispatcher.wake(id);
      made.awaitStatus(id, CampaignStatus.COMPLETED);

      VariantDecision decision = made.store.variantDecisions(id).getFirst();
      assertThat(decision.variant()).isEqualTo(1);
      assertThat(decision.won()).isTrue();
      assertThat(decision.words()).startsWith("B won: better in views");
      Instant planned = Objects.requireNonNull(made.store.runs(id).getFirst().planned()).at();
      Instant moment = planned.plus(FOUR_HOURS);
      List<Call> calls = made.provider.calls();
      List<Call> tested = calls.stream().filter(call -> call.at().isBefore(moment)).toList();
      List<Call> rest = calls.stream().filter(call -> !call.at().isBefore(moment)).toList();
      assertThat(templates(tested)).containsOnlyKeys("A", "B");
      assertThat(templates(rest)).containsOnlyKeys("B");
      assertThat(tested.size()).isBetween(140, 250);
      assertThat(made.provider.violations()).isEmpty();

      DerivedSets sets = made.facts.loadLedger(id, ZoneOffset.UTC).sets();
      RoaringBitmap inVariants = RoaringBitmap.or(members(sets, 0), members(sets, 1));
      assertThat(RoaringBitmap.andNot(sets.sent().all(), inVariants)).isEmpty();
      assertThat(RoaringBitmap.intersects(inVariants, sets.control())).isFalse();
      assertThat(sets.pending()).isEmpty();
    }
  }

  @Test
  void withoutAWinnerTheFallbackGoesOn() throws Exception {
    try (SendingFixture bench = new SendingFixture(1e6, ScriptedProvider::accepted).people(300)) {
      int id = bench.node().launch(0, variants(test(2), 0, 0, 0));
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      VariantDecision decision = bench.store.variantDecisions(id).getFirst();
      assertThat(decision.won()).isFalse();
      assertThat(decision.words()).startsWith("No winner").endsWith("C goes on, as was chosen.");
      Instant after = bench.store.runs(id).getFirst().dueAt().plus(FOUR_HOURS);
      assertThat(
              bench.provider.calls().stream()
                  .filter(call -> !call.at().isBefore(after))
                  .map(Call::template))
          .isNotEmpty()
          .containsOnly("C");
      assertThat(bench.fates(id, 300).keySet())
          .allMatch(fate -> fate.startsWith("sent") || fate.startsWith("VARIANT_GIVEN"));
    }
  }
}
