package dev.carillon.core.report.figure;

import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.measure.Counting;
import dev.carillon.core.report.measure.Stage;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reader narrows a report to, and how he wants it counted. It turns every number of the
 * report alike. Null members do not narrow.
 *
 * @param run the run's number, from 1
 * @param from first day, in the account's zone, of the messages' first try (or ghost send, or,
 *     before either, of their planning)
 * @param to last day, included
 * @param attributes the values that the messages' planned attributes must have, compared without
 *     case; {@link PlannedAttribute#UNKNOWN} for those without one
 * @param ad the ad whose reported figures are shown; it narrows nothing else
 * @param counting how clicks and replies are counted
 * @param without middle stages that are taken out of the funnels
 */
public record ReportFilter(
    @Nullable Integer run,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    Map<PlannedAttribute, String> attributes,
    @Nullable String ad,
    Counting counting,
    Set<Stage> without) {
  /** The whole campaign, every click and reply counted, all stages shown. */
  public static final ReportFilter NONE =
      new ReportFilter(null, null, null, Map.of(), null, Counting.TOTAL, Set.of());

  public ReportFilter {
    attributes = Map.copyOf(attributes);
    without = Set.copyOf(without);
  }

  /** The value that an attribute must have; null when any will do. */
  public @Nullable String value(PlannedAttribute attribute) {
    return attributes.get(attribute);
  }

  /** The same narrowed to a run. */
  public ReportFilter ofRun(int number) {
    return new ReportFilter(number, from, to, attributes, ad, counting, without);
  }

  /** The same narrowed to the days between two, both included; null leaves that end open. */
  public ReportFilter between(@Nullable LocalDate first, @Nullable LocalDate last) {
    return new ReportFilter(run, first, last, attributes, ad, counting, without);
  }

  /** The same narrowed to a value of an attribute or, for null, not narrowed by it. */
  public ReportFilter of(PlannedAttribute attribute, @Nullable String value) {
    Map<PlannedAttribute, String> others = new EnumMap<>(PlannedAttribute.class);
    others.putAll(attributes);
    others.remove(attribute);
    if (value != null) {
      others.put(attribute, value);
    }
    return new ReportFilter(run, from, to, others, ad, counting, without);
  }

  /** The same with the reported figures of one ad. */
  public ReportFilter ofAd(String id) {
    return new ReportFilter(run, from, to, attributes, id, counting, without);
  }

  /** The same messages counted another way. */
  public ReportFilter counting(Counting another) {
    return new ReportFilter(run, from, to, attributes, ad, another, without);
  }

  /** The same with other stages taken out. */
  public ReportFilter without(Set<Stage> stages) {
    return new ReportFilter(run, from, to, attributes, ad, counting, stages);
  }

  /** Whether all messages of the campaign are in. */
  public boolean everything() {
    return run == null && from == null && to == null && attributes.isEmpty();
  }
}
