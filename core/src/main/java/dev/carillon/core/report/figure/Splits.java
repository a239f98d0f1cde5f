package dev.carillon.core.report.figure;

import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.measure.Measure;
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
 */
public record Splits(Map<PlannedAttribute, List<Part>> attributes, @Nullable List<Link> links) {
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
   * The clicks on one link.
   *
   * @param link the link's number
   * @param clicked clicks, or clicked messages, as counted
   * @param percent of the clicks on all links
   */
  public record Link(String link, long clicked, @Nullable Double percent) {}
}
