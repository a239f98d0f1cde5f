package dev.carillon.core.report;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.Selection;
import dev.carillon.core.report.figure.Splits;
import dev.carillon.core.report.measure.Card.Rate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits the numbers of a report by variant and by link. */
final class SplitTables {
  private final Selection selection;
  private final ChannelSheet sheet;
  private final ReportFilter filter;

  private SplitTables(Selection selection, ChannelSheet sheet, ReportFilter filter) {
    this.selection = selection;
    this.sheet = sheet;
    this.filter = filter;
  }

  static Splits of(Selection selection, ChannelSheet sheet, ReportFilter filter, Counts counts) {
    SplitTables tables = new SplitTables(selection, sheet, filter);
    return new Splits(
        sheet.splitByDevice() ? List.of() : null,
        sheet.splitByDevice() ? List.of() : null,
        tables.links(counts.clicked()),
        tables.variants(),
        sheet.splitByAd() ? List.of() : null);
  }

  private List<Splits.Part> variants() {
    return selection.sets().variants().keySet().stream()
        .filter(variant -> filter.variant() == null || filter.variant().equals(variant))
        .map(this::variant)
        .toList();
  }

  private Splits.Part variant(int variant) {
    Measured measured =
        new Measured(Selection.of(selection.sets(), filter.ofVariant(variant)), sheet);
    Counts counts = measured.counts();
    return new Splits.Part(
        Integer.toString(variant),
        counts.sent(),
        counts.delivered(),
        counts.viewed(),
        counts.clicked(),
        measured.rates(counts).get("ctr"),
        counts.replied(),
        counts.errors(),
        counts.converted());
  }

  private @Nullable List<Splits.Link> links(@Nullable Long clicks) {
    if (clicks == null) {
      return null;
    }
    DerivedSets sets = selection.sets();
    List<Splits.Link> links = new ArrayList<>();
    sets.links()
        .forEach(
            (link, messages) -> {
              long clicked = selection.events(messages, sets.events().ofLink(link));
              links.add(new Splits.Link(link, clicked, Rate.percent(clicked, clicks)));
            });
    return List.copyOf(links);
  }
}
