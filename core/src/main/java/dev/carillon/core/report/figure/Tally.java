package dev.carillon.core.report.figure;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.report.measure.Card;
import dev.carillon.core.report.measure.Measure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one campaign, or of several added up, and what their rates are made of. A rate is
 * of those campaigns only that have it: that of conversions of those with a goal, that of
 * deliveries of channels that report them.
 *
 * @param counts the numbers
 * @param fractions what the rates are made of, each rate once
 */
public record Tally(Counts counts, List<Fraction> fractions) {
  public Tally {
    fractions = List.copyOf(fractions);
  }

  /** The numbers of a campaign's report. */
  public static Tally of(Report report) {
    Channel channel = Channel.ofKey(report.campaign().channel()).orElseThrow();
    Counts counts = report.counts();
    ChannelSheet sheet = channel.sheet(counts.of(Measure.CLICKED) != null);
    Conversion conversion = report.conversion();
    return new Tally(
        counts,
        Fraction.of(sheet, counts, measure -> users(conversion, measure)).stream()
            .filter(fraction -> conversion != null || !fraction.rate().ofUsers())
            .toList());
  }

  private static long users(@Nullable Conversion conversion, Measure measure) {
    if (measure != Measure.SENT) {
      throw new IllegalArgumentException("a report does not tell the users behind " + measure);
    }
    return conversion == null ? 0 : conversion.target().users();
  }

  /** The numbers of both; who is counted in both is counted twice. */
  public Tally plus(Tally other) {
    Map<Card.Rate, Fraction> both = new LinkedHashMap<>();
    fractions.forEach(fraction -> both.put(fraction.rate(), fraction));
    other.fractions.forEach(fraction -> both.merge(fraction.rate(), fraction, Fraction::plus));
    return new Tally(counts.plus(other.counts), List.copyOf(both.values()));
  }

  /**
   * The rates in percent, unrounded, by name: a missing name is a rate that no campaign has, or
   * that these campaigns compute differently; null one with a zero denominator.
   */
  public Map<String, @Nullable Double> rates() {
    return Fraction.percentages(fractions);
  }
}
