package dev.carillon.core.report.figure;

import dev.carillon.core.message.PlannedAttribute;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
  public Splits {
    attributes =
        Collections.unmodifiableMap(attributes.isEmpty() ? Map.of() : new EnumMap<>(attributes));
  }

  /** The rows of an attribute; empty when the channel does not split by it. */
  public List<Part> by(PlannedAttribute attribute) {
    return attributes.getOrDefault(attribute, List.of());
  }

  /**
   * The numbers of one part; null: the channel does not have it.
   *
   * @param name the value; for a variant its number, from 0
   * @param planned all its messages
   * @param ctr clicks in percent, as the channel defines it; null when its denominator is zero
   * @param errors suppressed, dispatch errors and delivery errors together
   */
  public record Part(
      String name,
      long planned,
      long sent,
      @Nullable Long delivered,
      @Nullable Long viewed,
      @Nullable Long clicked,
      @Nullable Double ctr,
      @Nullable Long replied,
      long errors,
      long converted) {}

  /**
   * The clicks on one link.
   *
   * @param link the link's number
   * @param clicked clicks, or clicked messages, as counted
   * @param percent of the clicks on all links
   */
  public record Link(String link, long clicked, @Nullable Double percent) {}
}
