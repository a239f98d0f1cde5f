package dev.carillon.core.report;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.Selection;
import dev.carillon.core.report.figure.Splits;
import dev.carillon.core.report.measure.Card.Rate;
import dev.carillon.core.report.measure.Measure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Splits the numbers of a report by planned attribute and by link. */
final class SplitTables {
  private static final Set<Measure> ERRORS =
      EnumSet.of(Measure.SUPPRESSED, Measure.DISPATCH_ERRORS, Measure.DELIVERY_ERRORS);

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
    return new Splits(tables.attributes(), tables.links(counts.of(Measure.CLICKED)), null);
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
    Counts counts = measured.counts(Splits.MEASURES);
    return new Splits.Part(value, counts, ctr(counts), measured.counts(ERRORS).errors());
  }

  private @Nullable Double ctr(Counts counts) {
    for (Rate rate : sheet.rates()) {
      Long of = counts.of(rate.of());
      Long per = counts.of(rate.per());
      if (rate.key().equals(Rate.CTR) && of != null && per != null) {
        return Rate.percent(of, per);
      }
    }
    return null;
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
