package dev.carillon.engine.port.audience;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.engine.port.Settling;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.TooManyQualifyException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Selecting users by rules, in the store, set by set. Rules come without references to saved
 * segments; on a list that does not exist is nobody.
 */
public interface AudienceStore extends Settling {

  /** Counts the users that a rule matches, and those of them with a usable address by channel. */
  Reach estimate(Rule rule, Evaluation evaluation);

  /**
   * Some of the users that a rule matches, in the order of their keys.
   *
   * @param after only users with a greater key; -1 for the first ones
   * @param limit the most
   */
  List<AudienceMember> fitting(Rule rule, Evaluation evaluation, long after, int limit);

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
  PlannedRun plan(PlanOrder order);

  /** What was planned of a run; empty when it was not. */
  Optional<PlannedRun> planned(int campaign, int run);

  /** The zones that profiles name, as {@link dev.carillon.core.user.UserZone} reads them. */
  Set<ZoneId> zones();
}
