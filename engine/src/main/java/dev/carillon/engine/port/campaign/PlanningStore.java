package dev.carillon.engine.port.campaign;

import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.engine.port.Settling;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/** Plans runs of campaigns: who is sent a message, and which. */
public interface PlanningStore extends Settling {

  /**
   * Plans a run in one transaction: selects the audience, draws the control group by {@link
   * dev.carillon.core.campaign.Draw}, numbers the messages and suppresses those that no rule lets
   * out. When more users qualify than the target cap lets through, the messages beyond are
   * suppressed, target and control alike, in the order of their numbers, which is random. A run
   * that is planned already is left as it is and returned.
   *
   * @throws TooManyQualifyException when more users qualify than the safety limit allows; then
   *     nothing is planned
   */
  RunPlan plan(PlanOrder order);

  /** What was planned of a run; empty when it was not. */
  Optional<PlannedRun> planned(int campaign, int run);

  /** The zones that profiles name, as {@link dev.carillon.core.user.UserZone} reads them. */
  Set<ZoneId> zones();
}
