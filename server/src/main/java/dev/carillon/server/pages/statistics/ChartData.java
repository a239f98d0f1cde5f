package dev.carillon.server.pages.statistics;

import dev.carillon.core.report.figure.Conversion;
import dev.carillon.core.report.figure.Trend;
import dev.carillon.core.report.measure.Measure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what charts draw as JSON: {@code labels} are days, each of {@code series} has a key (its
 * colour), a title and a number or null for each label.
 */
final class ChartData {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ChartData() {}

  static String trend(
      List<Trend.Bucket> buckets, List<Measure> shown, List<TrendView.Series> series) {
    ObjectNode chart = JSON.objectNode();
    ArrayNode labels = chart.putArray("labels");
    buckets.forEach(bucket -> labels.add(bucket.from().toString()));
    ArrayNode lines = chart.putArray("series");
    for (int i = 0; i < series.size(); i++) {
      ArrayNode values = line(lines, series.get(i).key(), series.get(i).title());
      for (Trend.Bucket bucket : buckets) {
        values.add(bucket.of(shown.get(i)));
      }
    }
    return chart.toString();
  }

  /** Both groups' conversion rates, day by day. */
  static String rates(List<Conversion.Day> days) {
    ObjectNode chart = labelled(days);
    ArrayNode lines = chart.putArray("series");
    ArrayNode target = line(lines, "converted", "Got it");
    ArrayNode control = line(lines, "control", "Control group");
    for (Conversion.Day day : days) {
      add(target, day.target().rate());
      add(control, day.control().rate());
    }
    return chart.toString();
  }

  /** The difference of both groups' rates with its interval, day by day. */
  static String difference(List<Conversion.Day> days) {
    ObjectNode chart = labelled(days);
    ArrayNode low = chart.putArray("low");
    ArrayNode high = chart.putArray("high");
    ArrayNode lines = chart.putArray("series");
    ArrayNode points = line(lines, "converted", "Difference");
    for (Conversion.Day day : days) {
      add(points, day.points());
      add(low, day.low());
      add(high, day.high());
    }
    return chart.toString();
  }

  private static ObjectNode labelled(List<Conversion.Day> days) {
    ObjectNode chart = JSON.objectNode();
    ArrayNode labels = chart.putArray("labels");
    days.forEach(day -> labels.add(day.from().toString()));
    return chart;
  }

  private static ArrayNode line(ArrayNode lines, String key, String title) {
    return lines.addObject().put("key", key).put("title", title).putArray("values");
  }

  private static void add(ArrayNode values, @Nullable Double value) {
    if (value == null) {
      values.addNull();
    } else {
      values.add(value);
    }
  }
}
