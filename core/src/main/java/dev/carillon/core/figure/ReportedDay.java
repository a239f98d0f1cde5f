package dev.carillon.core.figure;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What an ad account reports of a campaign's ads for a day. It is replaced whole by a later report.
 *
 * @param campaign the campaign's id
 * @param account whose ads they are
 * @param day of the account's zone
 * @param pulledAt when it was asked for
 * @param figures all that there is for the day, each ad and figure once
 */
public record ReportedDay(
    int campaign,
    AdAccount account,
    LocalDate day,
    Instant pulledAt,
    List<ReportedFigure> figures) {
  public ReportedDay {
    figures = List.copyOf(figures);
  }
}
