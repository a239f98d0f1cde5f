package dev.carillon.engine.port;

import dev.carillon.core.Channel;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.UserTimes;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.user.Identity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selecting users by rules, in the store, set by set. Rules come without references to saved
 * segments; on a list that does not exist is nobody.
 */
public interface AudienceStore {

  /** Counts the users that a rule matches, and those of them with a usable address by channel. */
  Reach estimate(Rule rule, Evaluation evaluation);

  /**
   * Some of the users that a rule matches, in the order of their keys.
   *
   * @param after only users with a greater key; -1 for the first ones
   * @param limit the most
   */
  List<Fitting> fitting(Rule rule, Evaluation evaluation, long after, int limit);

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

  /**
   * When and where a rule is evaluated.
   *
   * @param at the moment that relative periods count back from
   * @param zone the account's zone, for days
   */
  record Evaluation(Instant at, ZoneId zone) {}

  /**
   * How many people a rule reaches.
   *
   * @param total users that it matches
   * @param reachable those with a usable address, not unsubscribed, by channel
   */
  record Reach(long total, Map<Channel, Long> reachable) {}

  /**
   * One of the users that a rule matches.
   *
   * @param name the user's Name property; null without
   * @param phone the phone number; null without a valid one
   * @param properties a JSON object
   */
  record Fitting(
      long userKey,
      Identity identity,
      @Nullable String name,
      @Nullable String phone,
      String properties) {}

  /**
   * A run to plan.
   *
   * @param campaign the campaign's id
   * @param run the run's number, from 1
   * @param channel the channel, which settles the address
   * @param who the audience
   * @param evaluation when and where the audience is evaluated; also the time of planning
   * @param controlPercent share held out, 0 to 99
   * @param goal the campaign's goal; kept, so that conversions of its messages are derived; null
   *     without
   * @param userTimes when each user gets the message; null when all do at once
   * @param variants how its users are drawn into variants; null for a single message
   * @param systemControlPercent how much of the system control group is held out too, 0 for none
   * @param target how many target users are let through at most
   * @param safety the most users that may qualify; null: any number
   */
  record PlanOrder(
      int campaign,
      int run,
      Channel channel,
      Rule who,
      Evaluation evaluation,
      int controlPercent,
      @Nullable Goal goal,
      @Nullable UserTimes userTimes,
      @Nullable Variants variants,
      int systemControlPercent,
      Limits.Target target,
      @Nullable Integer safety) {

    /**
     * A run of a single message whose messages all go out at once, without system control group and
     * limits.
     */
    public PlanOrder(
        int campaign,
        int run,
        Channel channel,
        Rule who,
        Evaluation evaluation,
        int controlPercent,
        @Nullable Goal goal) {
      this(
          campaign,
          run,
          channel,
          who,
          evaluation,
          controlPercent,
          goal,
          null,
          null,
          0,
          Limits.Target.NONE,
          null);
    }
  }

  /** More users qualify for a run than its safety limit allows. */
  final class TooManyQualifyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long qualified;

    public TooManyQualifyException(long qualified) {
      super(qualified + " users qualify", null, false, false);
      this.qualified = qualified;
    }

    public long qualified() {
      return qualified;
    }
  }
}
