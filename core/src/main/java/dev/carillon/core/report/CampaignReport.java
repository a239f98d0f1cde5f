package dev.carillon.core.report;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.Report.Freshness;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.ReportSet;
import dev.carillon.core.report.figure.Selection;
import dev.carillon.core.report.measure.Card;
import dev.carillon.core.report.measure.Measure;
import java.time.Instant;

/** Computes the report of a campaign from its ledger: the metrics as code. */
public final class CampaignReport {
  private CampaignReport() {}

  /**
   * The report.
   *
   * @param ledger not written to meanwhile
   * @param asOf the moment up to which the ledger is complete
   */
  public static Report of(Ledger ledger, CampaignTerms terms, ReportFilter filter, Instant asOf) {
    DerivedSets sets = ledger.sets();
    ChannelSheet sheet = sheet(ledger, terms);
    Selection selection = Selection.of(sets, filter);
    Measured measured = new Measured(selection, sheet);
    Counts counts = measured.counts();
    Comparison comparison = Comparison.of(terms, filter, selection);
    return new Report(
        terms.heading(),
        asOf,
        counts,
        measured.rates(counts),
        Trends.of(selection, sheet, terms.weekStart()),
        comparison.conversion(),
        comparison.revenue(),
        FunnelStages.of(selection, sheet, terms.window(), filter.without()).funnels(selection),
        sheet.uplift() ? RouteSets.uplift(selection) : null,
        SplitTables.of(selection, sheet, filter, counts),
        ErrorLists.of(selection, sheet, terms.errors()),
        null,
        freshness(ledger, counts));
  }

  private static Freshness freshness(Ledger ledger, Counts counts) {
    Long unknown = counts.of(Measure.UNKNOWN);
    return new Freshness(
        ledger.lastCallbackAt(),
        unknown == null ? null : Card.Rate.percent(unknown, counts.sent()));
  }

  /**
   * The numbers of the messages behind one number of the report, ascending.
   *
   * @param ledger not written to meanwhile
   * @param after only messages with a greater number; -1 from the start
   * @param limit at most so many, 1 or more
   */
  public static int[] members(
      Ledger ledger,
      CampaignTerms terms,
      ReportFilter filter,
      ReportSet set,
      int after,
      int limit) {
    Selection selection = Selection.of(ledger.sets(), filter);
    return Members.of(ledger.sets(), sheet(ledger, terms), terms, filter.without())
        .page(set, selection, after, limit);
  }

  /** What the report of this campaign is made of; links that were clicked were tracked. */
  public static ChannelSheet sheet(Ledger ledger, CampaignTerms terms) {
    DerivedSets sets = ledger.sets();
    boolean clicked = !sets.clicked().all().isEmpty() || !sets.botClicked().all().isEmpty();
    return terms.channel().sheet(terms.linksTracked() || clicked);
  }
}
