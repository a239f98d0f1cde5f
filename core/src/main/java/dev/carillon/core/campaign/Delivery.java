package dev.carillon.core.campaign;

import dev.carillon.core.account.QuietHours;
import java.time.Duration;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * How a run's messages are sent once it has started.
 *
 * @param clock whose clock local times are meant by
 * @param passed what becomes of users whose time has passed when the run is planned
 * @param quiet when no one is to be disturbed
 * @param cutOff the time of day after which nothing of the run is tried any more; null without
 * @param throttle how fast it may go; null: as fast as the connection
 * @param grace how late a run may still start
 */
public record Delivery(
    Clock clock,
    Passed passed,
    Quiet quiet,
    @Nullable LocalTime cutOff,
    @Nullable Throttle throttle,
    Duration grace) {

  /** What applies unless somebody decides otherwise. */
  public static final Delivery DEFAULT =
      new Delivery(
          Clock.ACCOUNT, Passed.DROP, new Quiet.OfAccount(), null, null, Duration.ofMinutes(60));

  /** Whose clock. */
  public enum Clock {
    /** The account's. */
    ACCOUNT,
    /** Each user's own; the account's for users whose zone is not known. */
    USER
  }

  /** What becomes of messages for which it is too late. */
  public enum Passed {
    /** They get no message. */
    DROP,
    /** They get it at that time of the next day. */
    NEXT_DAY
  }

  /** Which quiet hours apply. */
  public sealed interface Quiet {
    /** Those of the account, if it has any. */
    record OfAccount() implements Quiet {}

    /** None. */
    record None() implements Quiet {}

    /** The campaign's own. */
    record Own(QuietHours hours) implements Quiet {}
  }

  /**
   * A bound on the campaign's speed.
   *
   * @param messages tries in any {@link #WINDOW}, 1 or more
   */
  public record Throttle(int messages) {
    /** The time in which no more are tried. */
    public static final Duration WINDOW = Duration.ofMinutes(5);
  }
}
