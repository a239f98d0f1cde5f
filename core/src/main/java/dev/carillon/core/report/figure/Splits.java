package dev.carillon.core.report.figure;

import dev.carillon.core.figure.FigureKind;
import dev.carillon.core.figure.FigureSums;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.measure.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The same numbers by part. A split that is missing, or null, is one that the channel does not
 * have.
 *
 * @param attributes a row for each value of a planned attribute, sorted by it; of variants none for
 *     a single message
 * @param links clicks by link
 * @param ads what is reported of each ad, sorted by its id
 */
public record Splits(
    Map<PlannedAttribute, List<Part>> attributes,
    @Nullable List<Link> links,
    @Nullable List<Ad> ads) {
  private static final int COST_PLACES = 6;

  /** What a row counts, beside the errors. */
  public static final Set<Measure> MEASURES =
      Collections.unmodifiableSet(
          EnumSet.of(
              Measure.PLANNED,
              Measure.SENT,
              Measure.DELIVERED,
              Measure.VIEWED,
              Measure.CLICKED,
              Measure.REPLIED,
              Measure.CONVERTED));

  public Splits {
    attributes =
        Collections.unmodifiableMap(attributes.isEmpty() ? Map.of() : new EnumMap<>(attributes));
  }

  /** The rows of an attribute; empty when the channel does not split by it. */
  public List<Part> by(PlannedAttribute attribute) {
    return attributes.getOrDefault(attribute, List.of());
  }

  /**
   * The numbers of one part.
   *
   * @param name the value; for a variant its number, from 0
   * @param counts the numbers of {@link #MEASURES} that the channel has
   * @param ctr clicks in percent, as the channel defines it; null when its denominator is zero, or
   *     the channel has none
   * @param errors suppressed, dispatch errors and delivery errors together
   */
  public record Part(String name, Counts counts, @Nullable Double ctr, long errors) {

    /** The number of a measure; null when the channel does not have it. */
    public @Nullable Long of(Measure measure) {
      return counts.of(measure);
    }
  }

  /**
   * What is reported of one ad.
   *
   * @param name the ad's id
   * @param ctr reported clicks in percent of reported impressions; null when its denominator is
   *     zero, or one of both was not reported
   */
  public record Ad(String name, FigureSums figures, @Nullable Double ctr) {

    /** What a click cost, to six places; null without clicks or without a sum of amounts. */
    public @Nullable BigDecimal costPerClick() {
      BigDecimal spend = figures.of(FigureKind.SPEND);
      BigDecimal clicks = figures.of(FigureKind.CLICKS);
      return spend == null || clicks == null || clicks.signum() == 0
          ? null
          : spend.divide(clicks, COST_PLACES, RoundingMode.HALF_EVEN);
    }
  }

  /**
   * The clicks on one link.
   *
   * @param link the link's number
   * @param clicked clicks, or clicked messages, as counted
   * @param percent of the clicks on all links
   */
  public record Link(String link, long clicked, @Nullable Double percent) {}
}
