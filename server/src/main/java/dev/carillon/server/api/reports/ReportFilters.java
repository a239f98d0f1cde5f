package dev.carillon.server.api.reports;

import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.measure.Counting;
import dev.carillon.core.report.measure.Stage;
import dev.carillon.server.api.request.ApiException;
import dev.carillon.server.api.request.Requests;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a report's filter from the parameters of a request; pages and API understand the same. */
public final class ReportFilters {

  private ReportFilters() {}

  /**
   * The filter that the parameters run, from, to, ad, counting, without and those of the planned
   * attributes say; an empty one does not narrow.
   *
   * @throws ApiException when one cannot be understood
   */
  public static ReportFilter of(Map<String, String> parameters) {
    return new ReportFilter(
        number(parameters, "run", 1),
        Requests.day("from", text(parameters, "from")),
        Requests.day("to", text(parameters, "to")),
        attributes(parameters),
        text(parameters, "ad"),
        counting(text(parameters, "counting")),
        stages(text(parameters, "without")));
  }

  private static Map<PlannedAttribute, String> attributes(Map<String, String> parameters) {
    Map<PlannedAttribute, String> attributes = new EnumMap<>(PlannedAttribute.class);
    for (PlannedAttribute attribute : PlannedAttribute.values()) {
      String text = text(parameters, attribute.key());
      if (text != null) {
        attributes.put(
            attribute,
            attribute
                .value(text)
                .orElseThrow(
                    () ->
                        ApiException.badParameter(
                            attribute.key(),
                            "The parameter " + attribute.key() + " is a number from 0.")));
      }
    }
    return attributes;
  }

  private static @Nullable String text(Map<String, String> parameters, String name) {
    String value = parameters.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static @Nullable Integer number(Map<String, String> parameters, String name, int least) {
    String value = text(parameters, name);
    if (value == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw ApiException.badParameter(name, "The parameter " + name + " is a number from " + least);
    }
    throw ApiException.badParameter(name, "The parameter " + name + " is a number from " + least);
  }

  private static Counting counting(@Nullable String value) {
    if (value == null) {
      return Counting.TOTAL;
    }
    for (Counting counting : Counting.values()) {
      if (counting.name().toLowerCase(Locale.ROOT).equals(value)) {
        return counting;
      }
    }
    throw ApiException.badParameter("counting", "The parameter counting is total or unique.");
  }

  private static Set<Stage> stages(@Nullable String value) {
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    if (value != null) {
      for (String key : value.split(",", -1)) {
        stages.add(
            Stage.ofKey(key.strip())
                .filter(Stage::removable)
                .orElseThrow(
                    () ->
                        ApiException.badParameter(
                            "without", "The parameter without names middle stages of a funnel.")));
      }
    }
    return stages;
  }
}
