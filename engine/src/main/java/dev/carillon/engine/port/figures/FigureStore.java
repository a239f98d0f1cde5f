package dev.carillon.engine.port.figures;

import dev.carillon.core.figure.FigurePull;
import dev.carillon.core.figure.ReportedDay;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what ad platforms report, each day as it was reported last. The order in which reports come
 * in does not matter, nor do repetitions.
 */
public interface FigureStore {

  /**
   * Keeps what was pulled, durably. Of each day that it covers it replaces all that the same
   * account reported of the same campaign at an earlier moment; what was reported later, or at the
   * same moment, stays.
   *
   * @throws IllegalArgumentException when there is no such campaign
   */
  void putFigures(FigurePull pull);

  /**
   * What is reported of campaigns, by campaign, account and day, each day of an account whole.
   *
   * @param from the first day; null from the start
   * @param to the last day, included; null to the end
   */
  List<ReportedDay> reportedDays(
      Set<Integer> campaigns, @Nullable LocalDate from, @Nullable LocalDate to);
}
