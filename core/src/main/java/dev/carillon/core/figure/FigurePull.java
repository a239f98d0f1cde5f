package dev.carillon.core.figure;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an ad account answered when it was asked for the figures of a campaign's ads. It restates
 * all the days that it covers: what it leaves out of one of them is no longer there.
 *
 * @param campaign the campaign's id
 * @param account whose ads they are
 * @param pulledAt when it was asked; of two answers for a day the later one counts
 * @param from the first day that it covers
 * @param to the last one, included
 * @param figures of these days, each ad, day and figure once
 */
public record FigurePull(
    int campaign,
    AdAccount account,
    Instant pulledAt,
    LocalDate from,
    LocalDate to,
    List<ReportedFigure> figures) {
  public FigurePull {
    figures = List.copyOf(figures);
    Set<List<Object>> known = new HashSet<>();
    for (ReportedFigure figure : figures) {
      if (figure.day().isBefore(from) || figure.day().isAfter(to)) {
        throw new IllegalArgumentException("a figure of " + figure.day() + ", not asked for");
      }
      if (!known.add(List.of(figure.ad(), figure.day(), figure.figure()))) {
        throw new IllegalArgumentException("two values of " + figure.figure() + " for a day");
      }
    }
  }

  /** The days that it covers, each with its figures or none, earliest first. */
  public List<ReportedDay> days() {
    return from.datesUntil(to.plusDays(1)).map(this::day).toList();
  }

  private ReportedDay day(LocalDate day) {
    return new ReportedDay(
        campaign,
        account,
        day,
        pulledAt,
        figures.stream().filter(figure -> figure.day().equals(day)).toList());
  }
}
