package dev.carillon.server.pages.campaigns;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Tally;
import dev.carillon.engine.reporting.CampaignComparison;
import dev.carillon.engine.reporting.CampaignComparison.ByLabel;
import dev.carillon.engine.reporting.LabelTally;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Campaigns added up by label.
 *
 * @param rows the labels
 * @param columns the figures of each
 * @param found how many campaigns are in them, and how many fit
 * @param query what the campaigns are narrowed to
 * @param labels all labels in use
 * @param creators all who have made campaigns
 */
public record LabelsPage(
    List<Row> rows,
    List<FigureColumn> columns,
    ByLabel found,
    ListQuery query,
    List<String> labels,
    List<String> creators) {

  /**
   * A label with its numbers.
   *
   * @param tally the campaigns with it
   * @param cells one a column
   * @param list the address of the list of its campaigns; null for those without a label
   * @param compare the address that compares its campaigns; null where they are too few or many
   */
  public record Row(
      LabelTally tally,
      List<FigureColumn.Cell> cells,
      @Nullable String list,
      @Nullable String compare) {}

  static LabelsPage of(
      ListQuery query,
      ByLabel found,
      List<String> labels,
      List<String> creators,
      DisplayFormat format) {
    List<Counts> counts =
        found.labels().stream()
            .map(LabelTally::tally)
            .filter(Objects::nonNull)
            .map(Tally::counts)
            .toList();
    List<FigureColumn> columns =
        Stream.concat(FigureColumn.of(counts).stream(), Stream.of(FigureColumn.CONVERTED)).toList();
    return new LabelsPage(
        found.labels().stream().map(label -> row(label, columns, query, format)).toList(),
        columns,
        found,
        query,
        labels,
        creators);
  }

  private static Row row(
      LabelTally label, List<FigureColumn> columns, ListQuery query, DisplayFormat format) {
    Tally tally = label.tally();
    List<Integer> ids = label.campaigns().stream().map(Campaign::id).toList();
    boolean few = ids.size() >= CampaignComparison.FEWEST && ids.size() <= CampaignComparison.MOST;
    return new Row(
        label,
        columns.stream()
            .map(
                column ->
                    tally == null
                        ? column.blank()
                        : column.cell(tally.counts(), tally.rates(), null, format))
            .toList(),
        label.label() == null ? null : query.labelled(label.label()).at(0),
        few ? CompareController.address(ids) : null);
  }

  /** Whether some campaigns that fit are left out. */
  public boolean cut() {
    return found.total() > found.compared();
  }

  /** The address of the page itself. */
  public String address() {
    return "/campaigns/compare?by=label" + (query.text().isEmpty() ? "" : "&" + query.text());
  }
}
