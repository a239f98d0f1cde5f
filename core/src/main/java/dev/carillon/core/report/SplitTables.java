package dev.carillon.core.report;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.Selection;
import dev.carillon.core.report.figure.Splits;
import dev.carillon.core.report.measure.Card.Rate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Splits the numbers of a report by planned attribute and by link. */
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
    return new Splits(tables.attributes(), tables.links(counts.clicked()));
  }

  private Map<PlannedAttribute, List<Splits.Part>> attributes() {
    Map<PlannedAttribute, List<Splits.Part>> parts = new EnumMap<>(PlannedAttribute.class);
    for (PlannedAttribute attribute : sheet.splits()) {
      String only = filter.value(attribute);
      parts.put(
          attribute,
          selection.sets().values(attribute).keySet().stream()
              .filter(value -> only == null || attribute.order().compare(value, only) == 0)
              .map(value -> part(attribute, value))
              .toList());
    }
    return parts;
  }

  private Splits.Part part(PlannedAttribute attribute, String value) {
    Measured measured =
        new Measured(Selection.of(selection.sets(), filter.of(attribute, value)), sheet);
    Counts counts = measured.counts();
    return new Splits.Part(
        value,
        counts.planned(),
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
