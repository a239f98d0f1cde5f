package dev.carillon.core.report.figure;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.report.measure.Card.Rate;
import dev.carillon.core.report.measure.Measure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a rate is made of, so that rates of several campaigns can be made one.
 *
 * @param rate the rate
 * @param of the number
 * @param per what it is a percentage of
 */
public record Fraction(Rate rate, long of, long per) {

  /**
   * What the rates of a channel are made of, in their order.
   *
   * @param users how many users are behind a measure, for rates that compare people
   */
  public static List<Fraction> of(
      ChannelSheet sheet, Counts counts, ToLongFunction<Measure> users) {
    return sheet.rates().stream()
        .map(
            rate ->
                new Fraction(
                    rate,
                    number(counts, rate.of()),
                    rate.ofUsers() ? users.applyAsLong(rate.per()) : number(counts, rate.per())))
        .toList();
  }

  private static long number(Counts counts, Measure measure) {
    Long number = counts.of(measure);
    if (number == null) {
      throw new IllegalArgumentException("a channel with this rate has " + measure);
    }
    return number;
  }

  /**
   * The rates in percent, unrounded, by name; null with a zero denominator. Of two that share a
   * name and are computed differently there is none, as no number would be true of both.
   */
  public static Map<String, @Nullable Double> percentages(List<Fraction> fractions) {
    Map<String, @Nullable Double> rates = new LinkedHashMap<>();
    for (Fraction fraction : fractions) {
      String key = fraction.rate.key();
      if (fractions.stream().filter(other -> other.rate.key().equals(key)).count() == 1) {
        rates.put(key, Rate.percent(fraction.of, fraction.per));
      }
    }
    return Collections.unmodifiableMap(rates);
  }

  /** The same rate over both. */
  Fraction plus(Fraction other) {
    return new Fraction(rate, of + other.of, per + other.per);
  }
}
