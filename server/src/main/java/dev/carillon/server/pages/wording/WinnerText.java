package dev.carillon.server.pages.wording;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.VariantDecision;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.WinnerTest;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a campaign's tests of variants, in plain words.
 *
 * @param standing the state of the latest run's test; null where nothing is tested, or not yet
 * @param decided what was decided in the runs that are shown, the latest first
 */
public record WinnerText(@Nullable String standing, List<Decided> decided) {
  private static final int SHOWN_RUNS = 31;

  /**
   * The outcome of a run's test.
   *
   * @param run the run's number; null where there is only one
   * @param variant the variant's number, from 0
   * @param won whether it was better beyond chance, or else went on as it was chosen to
   * @param words what it was decided by, and when
   */
  public record Decided(@Nullable Integer run, int variant, boolean won, String words) {}

  public static WinnerText of(
      Campaign campaign,
      List<Run> runs,
      List<VariantDecision> decisions,
      @Nullable Integer only,
      DisplayFormat format) {
    List<Decided> decided =
        decisions.stream()
            .filter(decision -> only == null || decision.run() == only)
            .sorted(Comparator.comparingInt(VariantDecision::run).reversed())
            .limit(SHOWN_RUNS)
            .map(
                decision ->
                    new Decided(
                        runs.size() > 1 ? decision.run() : null,
                        decision.variant(),
                        decision.won(),
                        decision.words() + " Decided " + format.moment(decision.at()) + "."))
            .toList();
    return new WinnerText(standing(campaign, runs, decisions, format), decided);
  }

  private static @Nullable String standing(
      Campaign campaign, List<Run> runs, List<VariantDecision> decisions, DisplayFormat format) {
    @Nullable Run latest =
        runs.stream()
            .filter(run -> run.planned() != null)
            .max(Comparator.comparingInt(Run::number))
            .orElse(null);
    Run.@Nullable Planned planned = latest == null ? null : latest.planned();
    if (latest == null
        || planned == null
        || !(campaign.definition().what() instanceof Variants variants)
        || variants.test() == null) {
      return null;
    }
    WinnerTest test = variants.test();
    boolean over = latest.finishedAt() != null || campaign.endedAt() != null;
    Instant moment = planned.at().plus(test.decideAfter());
    String words =
        decisions.stream()
            .filter(decision -> decision.run() == latest.number())
            .findFirst()
            .map(decision -> outcome(variants, decision, over))
            .orElseGet(() -> open(campaign.status(), over, test, moment, format));
    return runs.size() > 1 ? "Run " + latest.number() + ": " + words : words;
  }

  private static String outcome(Variants variants, VariantDecision decision, boolean over) {
    String name =
        decision.variant() < variants.variants().size()
            ? variants.variants().get(decision.variant()).name()
            : VariantText.name(Integer.toString(decision.variant()));
    String gets = over ? "the rest got " : "the rest gets ";
    return decision.won()
        ? name + " won, and " + gets + "it"
        : "No winner; " + gets + name + ", as was chosen";
  }

  private static String open(
      CampaignStatus status, boolean over, WinnerTest test, Instant moment, DisplayFormat format) {
    if (status == CampaignStatus.STOPPED) {
      return "Nothing was decided: the campaign was stopped before";
    }
    if (over) {
      return "Nothing was decided: no one was left waiting for it";
    }
    if (moment.isAfter(format.now())) {
      return "Decided by "
          + test.metric().key()
          + " from "
          + format.moment(moment)
          + " on; until then the rest waits";
    }
    return status == CampaignStatus.PAUSED
        ? "Decided as soon as the campaign is resumed"
        : "Being decided";
  }

  /** What is said beside a variant: that it won or went on; null for one that did neither. */
  public @Nullable String mark(String number) {
    List<Decided> here =
        decided.stream().filter(one -> Integer.toString(one.variant()).equals(number)).toList();
    if (here.isEmpty()) {
      return null;
    }
    String what =
        here.stream().allMatch(Decided::won)
            ? "Winner"
            : here.stream().noneMatch(Decided::won) ? "Went on" : "Winner or went on";
    return decided.size() > 1 ? what + " in " + here.size() + " of " + decided.size() : what;
  }

  /** Whether a variant won each time that it was decided for. */
  public boolean won(String number) {
    return decided.stream()
        .filter(one -> Integer.toString(one.variant()).equals(number))
        .allMatch(Decided::won);
  }
}
