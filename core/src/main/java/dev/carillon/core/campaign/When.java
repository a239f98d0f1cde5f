package dev.carillon.core.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a campaign is sent. {@link Schedule} says which moments that makes. */
public sealed interface When {

  /** As soon as it is launched. */
  record Now() implements When {}

  /**
   * At one moment.
   *
   * @param time the local time
   * @param offset its offset from UTC; null: local in the account's zone
   */
  record At(LocalDateTime time, @Nullable ZoneOffset offset) implements When {
    /** The moment, with a local time read in the account's zone. */
    public Instant instant(ZoneId account) {
      return offset == null ? LocalClock.moment(time, account) : time.toInstant(offset);
    }
  }

  /**
   * At several moments, a run each.
   *
   * @param times one or more, in any order, no two the same
   */
  record Dates(List<At> times) implements When {
    public Dates {
      times = List.copyOf(times);
    }
  }

  /**
   * Again and again at a local time of the account's zone, a run each.
   *
   * @param rhythm on which days
   * @param at at which time of day
   * @param from the first day possible; null: the day of the launch
   * @param until the last day possible; null without one
   * @param runs after how many runs it ends; null without such an end
   */
  record Recurring(
      Recurrence rhythm,
      LocalTime at,
      @Nullable LocalDate from,
      @Nullable LocalDate until,
      @Nullable Integer runs)
      implements When {}

  /** Whether it is sent more than once. */
  default boolean repeats() {
    return switch (this) {
      case Now _, At _ -> false;
      case Dates _, Recurring _ -> true;
    };
  }
}
