package dev.carillon.server.pages.statistics;

import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.measure.Counting;
import dev.carillon.core.report.measure.Stage;
import dev.carillon.server.pages.frame.Parameters;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the address of a statistics page asks for. What cannot be read narrows nothing.
 *
 * @param filter what the numbers are narrowed to
 * @param grain how the trend is cut
 */
public record StatisticsQuery(ReportFilter filter, Grain grain) {

  /** How long a bucket of the trend is. */
  public enum Grain {
    DAY("Day"),
    WEEK("Week"),
    MONTH("Month");

    private final String title;

    Grain(String title) {
      this.title = title;
    }

    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
      return title;
    }
  }

  /** Reads the parameters of an address. */
  public static StatisticsQuery of(Map<String, String[]> parameters) {
    ReportFilter filter =
        new ReportFilter(
            Parameters.number(parameters, "run", 1),
            day(parameters, "from"),
            day(parameters, "to"),
            attributes(parameters),
            null,
            Parameters.text(parameters, "counting").flatMap(Counting::ofKey).orElse(Counting.TOTAL),
            without(parameters));
    Grain grain =
        Arrays.stream(Grain.values())
            .filter(g -> Parameters.text(parameters, "by").filter(g.key()::equals).isPresent())
            .findFirst()
            .orElse(Grain.DAY);
    return new StatisticsQuery(filter, grain);
  }

  /** The query part of an address that asks for the same, beginning with ? or empty. */
  public String text() {
    return text(Map.of());
  }

  /** The same with other parameters added. */
  public String text(Map<String, String> more) {
    Map<String, String> first = new LinkedHashMap<>(more);
    put(first, "run", filter.run());
    put(first, "from", filter.from());
    put(first, "to", filter.to());
    for (PlannedAttribute attribute : PlannedAttribute.values()) {
      put(first, attribute.key(), filter.value(attribute));
    }
    if (filter.counting() != Counting.TOTAL) {
      first.put("counting", filter.counting().key());
    }
    if (grain != Grain.DAY) {
      first.put("by", grain.key());
    }
    List<String> pairs = new ArrayList<>();
    first.forEach((name, value) -> pairs.add(name + "=" + Parameters.encoded(value)));
    filter.without().stream().sorted().forEach(stage -> pairs.add("without=" + stage.key()));
    return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
  }

  /** Whether anything is narrowed or counted otherwise than by default. */
  public boolean narrowed() {
    return !filter.everything() || filter.counting() != Counting.TOTAL;
  }

  private static Map<PlannedAttribute, String> attributes(Map<String, String[]> parameters) {
    Map<PlannedAttribute, String> attributes = new EnumMap<>(PlannedAttribute.class);
    for (PlannedAttribute attribute : PlannedAttribute.values()) {
      Parameters.text(parameters, attribute.key())
          .flatMap(attribute::value)
          .ifPresent(value -> attributes.put(attribute, value));
    }
    return attributes;
  }

  private static Set<Stage> without(Map<String, String[]> parameters) {
    return Arrays.stream(parameters.getOrDefault("without", new String[0]))
        .map(Stage::ofKey)
        .flatMap(Optional::stream)
        .filter(Stage::removable)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Stage.class)));
  }

  private static @Nullable LocalDate day(Map<String, String[]> parameters, String name) {
    try {
      return Parameters.text(parameters, name).map(LocalDate::parse).orElse(null);
    } catch (DateTimeParseException notADay) {
      return null;
    }
  }

  private static void put(Map<String, String> pairs, String name, @Nullable Object value) {
    if (value != null) {
      pairs.put(name, value.toString());
    }
  }
}
