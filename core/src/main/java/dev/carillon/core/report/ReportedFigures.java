package dev.carillon.core.report;

import dev.carillon.core.figure.FigureKind;
import dev.carillon.core.figure.FigureSums;
import dev.carillon.core.figure.ReportedDay;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.Splits;
import dev.carillon.core.report.measure.Card.Rate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what an ad platform reports beside the numbers of a report, none of which it changes. */
public final class ReportedFigures {
  private ReportedFigures() {}

  /**
   * The report with the figures, their rates and their rows by ad.
   *
   * @param days of the filter's period
   */
  public static Report beside(Report report, Collection<ReportedDay> days, ReportFilter filter) {
    String ad = filter.ad();
    FigureSums sums = (ad == null ? FigureSums.of(days) : FigureSums.ofAd(days, ad)).orElse(null);
    Map<String, @Nullable Double> rates = new LinkedHashMap<>(report.rates());
    if (sums != null) {
      BigDecimal sent = BigDecimal.valueOf(report.counts().sent());
      rates.put("impressions", percent(sums.of(FigureKind.IMPRESSIONS), sent));
      rates.put("clicked", percent(sums.of(FigureKind.CLICKS), sent));
      rates.put(Rate.CTR, ctr(sums));
    }
    Splits splits = report.splits();
    return new Report(
        report.campaign(),
        report.asOf(),
        report.counts(),
        rates,
        report.trend(),
        report.conversion(),
        report.revenue(),
        report.funnels(),
        report.uplift(),
        new Splits(splits.attributes(), splits.links(), ads(days, ad)),
        report.errors(),
        sums,
        report.freshness());
  }

  private static List<Splits.Ad> ads(Collection<ReportedDay> days, @Nullable String only) {
    List<Splits.Ad> ads = new ArrayList<>();
    FigureSums.byAd(days)
        .forEach(
            (ad, sums) -> {
              if (only == null || only.equals(ad)) {
                ads.add(new Splits.Ad(ad, sums, ctr(sums)));
              }
            });
    return ads;
  }

  private static @Nullable Double ctr(FigureSums sums) {
    return percent(sums.of(FigureKind.CLICKS), sums.of(FigureKind.IMPRESSIONS));
  }

  private static @Nullable Double percent(@Nullable BigDecimal of, @Nullable BigDecimal per) {
    return of == null || per == null ? null : Rate.percent(of.longValue(), per.longValue());
  }
}
