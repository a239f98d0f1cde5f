package dev.carillon.engine.port.audience;

import dev.carillon.core.Channel;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.LocalDeliveryTimes;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.Settling;
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
public interface AudienceStore extends Settling {

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
   * @param audience whom it is for
   * @param control how many of them are held out
   * @param limits what keeps it from sending too much; planning heeds the target cap and the safety
   *     limit
   * @param goal the campaign's goal; kept, so that conversions of its messages are derived; null
   *     without
   * @param userTimes when each user gets the message; null when all do at once
   * @param variants how its users are drawn into variants; null for a single message
   */
  record PlanOrder(
      int campaign,
      int run,
      Audience audience,
      ControlShares control,
      Limits limits,
      @Nullable Goal goal,
      @Nullable LocalDeliveryTimes userTimes,
      @Nullable Variants variants) {

    /** When it is planned: when its audience is evaluated. */
    public Instant at() {
      return audience.evaluation().at();
    }

    /** The account's zone, for days. */
    public ZoneId zone() {
      return audience.evaluation().zone();
    }
  }

  /**
   * Whom a run is for.
   *
   * @param channel the channel, which settles the address
   * @param who selects the users
   * @param evaluation when and where it is evaluated
   */
  record Audience(Channel channel, Rule who, Evaluation evaluation) {}

  /**
   * The shares of a run's users that are held out to compare with, drawn independently.
   *
   * @param own percent in the campaign's own control group, 0 to 99
   * @param system percent in the system control group, 0 where it is not held out
   */
  record ControlShares(int own, int system) {
    public static final ControlShares NONE = new ControlShares(0, 0);
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
