package dev.carillon.server.pages.statistics;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.Trend;
import dev.carillon.core.report.measure.Card;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One card of the statistics page.
 *
 * @param key the measure's key, which is also its set's and its colour's
 * @param title its name on this channel
 * @param meaning what it is, in a sentence
 * @param count the number
 * @param rate the rate, written; null when the card has none
 * @param rateTitle the rate's name; null as {@code rate}
 * @param formula how the rate is computed; null as {@code rate}
 * @param spark the points of a small line of its trend; null without trend
 */
public record CardView(
    String key,
    String title,
    String meaning,
    String count,
    @Nullable String rate,
    @Nullable String rateTitle,
    @Nullable String formula,
    @Nullable String spark) {
  private static final int WIDTH = 100;
  private static final int HEIGHT = 24;

  static List<CardView> of(Report report, ChannelSheet sheet, DisplayFormat format) {
    return sheet.cards().stream().map(card -> of(report, card, format)).toList();
  }

  private static CardView of(Report report, Card card, DisplayFormat format) {
    Card.Rate rate = card.rate();
    return new CardView(
        card.measure().key(),
        card.title(),
        card.meaning(),
        format.number(report.counts().of(card.measure())),
        rate == null ? null : format.percent(report.rates().get(rate.key())),
        rate == null ? null : rate.title(),
        rate == null ? null : rate.formula(),
        spark(report.trend().daily(), card.measure()));
  }

  /** The points of a polyline in a box of 100 by 24; null when there is no line to draw. */
  private static @Nullable String spark(List<Trend.Bucket> days, Measure measure) {
    List<Long> values = new ArrayList<>();
    for (Trend.Bucket day : TrendView.withoutGaps(days, StatisticsQuery.Grain.DAY)) {
      Long value = day.of(measure);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    long most = values.stream().mapToLong(Long::longValue).max().orElse(0);
    if (values.size() < 2 || most == 0) {
      return null;
    }
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      double x = (double) WIDTH * i / (values.size() - 1);
      double y = HEIGHT - 2 - (HEIGHT - 4.0) * values.get(i) / most;
      points.append(String.format(Locale.ROOT, i == 0 ? "%.1f,%.1f" : " %.1f,%.1f", x, y));
    }
    return points.toString();
  }
}
