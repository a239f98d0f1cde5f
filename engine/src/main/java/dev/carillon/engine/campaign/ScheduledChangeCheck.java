package dev.carillon.engine.campaign;

import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a campaign can still be changed once it has gone out. */
final class ScheduledChangeCheck {
  private static final String AT = "/when/at/";

  private ScheduledChangeCheck() {}

  /** Whether two definitions differ in nothing but name and labels. */
  static boolean sameButForName(CampaignDefinition one, CampaignDefinition other) {
    return one.named(other.name(), other.labels()).equals(other);
  }

  /**
   * What keeps a change from holding for the runs to come.
   *
   * @param problems what would keep the new definition from being launched now
   * @param comes whether it has another run
   */
  static List<LaunchProblem> problems(
      CampaignDefinition before,
      CampaignDefinition after,
      List<LaunchProblem> problems,
      boolean comes) {
    List<LaunchProblem> all = new ArrayList<>();
    for (LaunchProblem problem : problems) {
      if (!passed(problem, before.when(), after.when())) {
        all.add(problem);
      }
    }
    if (after.when() != null && !comes) {
      all.add(
          new LaunchProblem(
              "/when", "noRun", "No run would be left. To end the campaign, stop it instead."));
    }
    if (before.channel() != after.channel()) {
      all.add(fixed("/channel", "on another channel"));
    }
    if (!Objects.equals(before.goal(), after.goal())) {
      all.add(fixed("/goal", "with another goal"));
    }
    if (!Objects.equals(variants(before.what()), variants(after.what()))) {
      all.add(fixed("/what", "with other variants"));
    }
    return List.copyOf(all);
  }

  /** Dates that have passed stay in the plan; those are the runs that there were. */
  private static boolean passed(
      LaunchProblem problem, @Nullable When before, @Nullable When after) {
    return problem.code().equals("past")
        && problem.pointer().startsWith(AT)
        && before instanceof When.Dates earlier
        && after instanceof When.Dates dates
        && earlier
            .times()
            .contains(
                dates.times().get(Integer.parseInt(problem.pointer().substring(AT.length()))));
  }

  /** The names of the variants, by which they are counted; empty for a single message. */
  private static Optional<List<String>> variants(@Nullable What what) {
    return what instanceof Variants variants
        ? Optional.of(variants.variants().stream().map(Variants.Variant::name).toList())
        : Optional.empty();
  }

  private static LaunchProblem fixed(String pointer, String words) {
    return new LaunchProblem(
        pointer,
        "fixed",
        "Messages that have gone out are counted by this, so it stays. Clone the campaign to send "
            + words
            + ".");
  }
}
