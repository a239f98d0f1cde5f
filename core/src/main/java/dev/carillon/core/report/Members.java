package dev.carillon.core.report;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.report.figure.ReportSet;
import dev.carillon.core.report.figure.Selection;
import dev.carillon.core.report.measure.Stage;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** Finds the messages behind each number of a report. */
record Members(DerivedSets sets, ChannelSheet sheet, CampaignTerms terms, Set<Stage> without) {
  private static final RoaringBitmap NOBODY = new RoaringBitmap();

  static Members of(DerivedSets sets, ChannelSheet sheet, CampaignTerms terms, Set<Stage> without) {
    return new Members(sets, sheet, terms, without);
  }

  int[] page(ReportSet set, Selection selection, int after, int limit) {
    PeekableIntIterator seqs = selection.of(messages(set, selection)).getIntIterator();
    if (after >= 0) {
      seqs.advanceIfNeeded(after + 1);
    }
    int[] page = new int[Math.min(limit, 1_000_000)];
    int size = 0;
    while (size < page.length && seqs.hasNext()) {
      page[size++] = seqs.next();
    }
    return Arrays.copyOf(page, size);
  }

  private RoaringBitmap messages(ReportSet set, Selection selection) {
    return switch (set) {
      case ReportSet.Counted counted ->
          sheet.measures().contains(counted.measure()) ? counted.measure().set(sets) : NOBODY;
      case ReportSet.Suppressed suppressed ->
          sets.suppressed().getOrDefault(suppressed.reason(), NOBODY);
      case ReportSet.DispatchCode error -> sets.dispatchErrors().getOrDefault(error.code(), NOBODY);
      case ReportSet.DeliveryCode error -> sets.deliveryErrors().getOrDefault(error.code(), NOBODY);
      case ReportSet.ErrorCode error ->
          RoaringBitmap.or(
              sets.dispatchErrors().getOrDefault(error.code(), NOBODY),
              sets.deliveryErrors().getOrDefault(error.code(), NOBODY));
      case ReportSet.Link link -> sets.links().getOrDefault(link.link(), NOBODY);
      case ReportSet.UsersFunnel funnel -> stage(stages(selection).users(), funnel.stage());
      case ReportSet.InfluencedFunnel funnel ->
          stage(stages(selection).influenced(), funnel.stage());
      case ReportSet.ControlConverted control -> sets.controlConverted().all();
      case ReportSet.SharedConverted shared -> sets.sharedConverted();
    };
  }

  private FunnelStages stages(Selection selection) {
    return FunnelStages.of(selection, sheet, terms.window(), without);
  }

  private static RoaringBitmap stage(Map<Stage, RoaringBitmap> stages, Stage stage) {
    return stages.getOrDefault(stage, NOBODY);
  }
}
