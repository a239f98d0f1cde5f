package dev.carillon.core.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The moments at which a campaign is sent. It keeps nothing: the next run follows from the last one
 * alone, so that every look gives the same.
 *
 * @param when what the marketer decided
 * @param zone the account's zone, in which its local times are meant
 */
public record Schedule(When when, ZoneId zone) {

  /**
   * One run.
   *
   * @param local the local time that it was given as; null when it was given with an offset, or is
   *     the moment of a launch
   * @param at the moment in the account's zone
   */
  public record Due(@Nullable LocalDateTime local, Instant at) {}

  /**
   * The next run later than a moment, not looking at how many runs there may be. There is none of a
   * campaign that is sent when it is launched.
   */
  public Optional<Due> after(Instant moment) {
    return switch (when) {
      case When.Now() -> Optional.empty();
      case When.At at -> Optional.of(due(at)).filter(due -> due.at().isAfter(moment));
      case When.Dates(List<When.At> times) ->
          times.stream()
              .map(this::due)
              .filter(due -> due.at().isAfter(moment))
              .min(Comparator.comparing(Due::at));
      case When.Recurring recurring -> after(recurring, moment);
    };
  }

  /** How many runs there may be at most. */
  public int most() {
    return when instanceof When.Recurring recurring && recurring.runs() != null
        ? recurring.runs()
        : Integer.MAX_VALUE;
  }

  private Due due(When.At at) {
    return new Due(at.offset() == null ? at.time() : null, at.instant(zone));
  }

  private Optional<Due> after(When.Recurring recurring, Instant moment) {
    // Where clocks skip a whole day, a run of the day before yesterday may still lie ahead.
    LocalDate day = LocalDate.ofInstant(moment, zone).minusDays(2);
    if (recurring.from() != null && recurring.from().isAfter(day)) {
      day = recurring.from();
    }
    for (; recurring.until() == null || !day.isAfter(recurring.until()); day = day.plusDays(1)) {
      if (recurring.rhythm().chooses(day)) {
        LocalDateTime local = day.atTime(recurring.at());
        Instant at = LocalClock.moment(local, zone);
        if (at.isAfter(moment) && !displaced(recurring, day, at)) {
          return Optional.of(new Due(local, at));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the day does not exist and the one that its run would fall on has a run of its own. */
  private boolean displaced(When.Recurring recurring, LocalDate day, Instant at) {
    LocalDate real = LocalDate.ofInstant(at, zone);
    return !real.equals(day)
        && recurring.rhythm().chooses(real)
        && (recurring.until() == null || !real.isAfter(recurring.until()));
  }
}
