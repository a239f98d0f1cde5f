package dev.carillon.core.figure;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A value as the platform reports it.
 *
 * @param ad the ad's id; empty for what belongs to the campaign and to no ad
 * @param day of the ad account's zone
 * @param figure what it is
 * @param value 0 or more; whole, but for amounts, which are exact
 */
public record ReportedFigure(String ad, LocalDate day, FigureKind figure, BigDecimal value) {
  public ReportedFigure {
    value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    if (value.signum() < 0 || (!figure.money() && value.scale() > 0)) {
      throw new IllegalArgumentException(figure + " cannot be " + value.toPlainString());
    }
  }
}
