package dev.carillon.engine.dispatch;

import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.VariantDecision;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.WinnerTest;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.statistics.Proportion;
import dev.carillon.core.statistics.WinnerChoice;
import dev.carillon.engine.port.work.Outgoing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which of a campaign's messages each planned message of a run is. What was not drawn when planned
 * gets the winner of the run's test: the first who needs it decides for all.
 */
final class VariantChoice {
  /** A p-value below it is said to be below it: its digits would add nothing. */
  private static final double LEAST_SAID = 0.0001;

  private final DispatchContext sending;
  private final What what;
  private final Run run;
  private @Nullable Integer decided;

  VariantChoice(DispatchContext sending, What what, Run run) {
    this.sending = sending;
    this.what = what;
    this.run = run;
  }

  /** Whether the message waits for the test's decision; null when it does not. */
  @Nullable Instant waits(Outgoing message, Instant now) {
    if (message.variant() != Variants.UNDECIDED || decided != null) {
      return null;
    }
    Instant decision = decisionAt();
    return decision.isAfter(now) ? decision : null;
  }

  /** The number of the message's variant; only when it need not wait. */
  int of(Outgoing message) {
    if (message.variant() != Variants.UNDECIDED) {
      return Math.min(message.variant(), what.messages().size() - 1);
    }
    if (decided == null) {
      decided = decide();
    }
    return decided;
  }

  /** The variant's message. */
  MessageContent message(int variant) {
    return what.messages().get(variant);
  }

  private Instant decisionAt() {
    Instant planned = run.planned() == null ? run.dueAt() : run.planned().at();
    return what instanceof Variants variants && variants.test() != null
        ? planned.plus(variants.test().decideAfter())
        : planned;
  }

  private int decide() {
    if (!(what instanceof Variants variants) || variants.test() == null) {
      return 0;
    }
    for (VariantDecision decision : sending.variantDecisions().variantDecisions(run.campaign())) {
      if (decision.run() == run.number()) {
        return decision.variant();
      }
    }
    sending.messages().settle();
    DerivedSets sets =
        sending.ledgers().loadLedger(run.campaign(), sending.calendar().zone()).sets();
    WinnerChoice choice = WinnerChoice.of(results(sets, variants, variants.test().metric()));
    boolean won = choice.winner() != null;
    int variant = choice.winner() == null ? variants.test().fallback() : choice.winner();
    return sending
        .variantDecisions()
        .decideVariant(
            new VariantDecision(
                run.campaign(),
                run.number(),
                variant,
                won,
                sending.clock().instant(),
                words(variants, variants.test(), choice, variant)))
        .variant();
  }

  /** What each variant brought about among the messages of this run that were sent. */
  private List<Proportion> results(DerivedSets sets, Variants variants, WinnerTest.Metric metric) {
    RoaringBitmap hits =
        switch (metric) {
          case CLICKS -> sets.clicked().all();
          case VIEWS -> sets.viewed().all();
          case REPLIES -> sets.replied().all();
          case CONVERSIONS -> sets.converted().all();
        };
    RoaringBitmap sent =
        RoaringBitmap.and(
            sets.sent().all(), sets.runs().getOrDefault(run.number(), new RoaringBitmap()));
    List<Proportion> results = new ArrayList<>();
    for (int number = 0; number < variants.variants().size(); number++) {
      RoaringBitmap of =
          RoaringBitmap.and(
              sent,
              sets.values(PlannedAttribute.VARIANT)
                  .getOrDefault(Integer.toString(number), new RoaringBitmap()));
      results.add(new Proportion(RoaringBitmap.andCardinality(of, hits), of.getLongCardinality()));
    }
    return results;
  }

  private static String words(
      Variants variants, WinnerTest test, WinnerChoice choice, int variant) {
    String results =
        IntStream.range(0, variants.variants().size())
            .mapToObj(
                number -> {
                  Proportion result = choice.variants().get(number);
                  return String.format(
                      Locale.ROOT,
                      "%s %,d of %,d (%s)",
                      variants.variants().get(number).name(),
                      result.successes(),
                      result.total(),
                      result.rate() == null
                          ? "-"
                          : String.format(Locale.ROOT, "%.2f %%", 100 * result.rate()));
                })
            .collect(Collectors.joining(", "));
    String name = variants.variants().get(variant).name();
    return choice.winner() == null
        ? "No winner: the "
            + test.metric().key()
            + " differ no more than chance allows ("
            + results
            + "). "
            + name
            + " goes on, as was chosen."
        : name
            + " won: better in "
            + test.metric().key()
            + " beyond chance ("
            + results
            + (choice.pValue() < LEAST_SAID
                ? "; p below 0.0001). "
                : String.format(Locale.ROOT, "; p = %.2g). ", choice.pValue()))
            + "It goes to the rest.";
  }
}
