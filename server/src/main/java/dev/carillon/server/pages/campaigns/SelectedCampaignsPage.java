package dev.carillon.server.pages.campaigns;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.engine.reporting.CampaignComparison;
import dev.carillon.engine.reporting.CampaignComparison.Chosen;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.frame.Numbers;
import dev.carillon.server.pages.wording.CampaignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chosen campaigns side by side.
 *
 * @param rows the campaigns, in the order of the address
 * @param columns the figures of each
 * @param notes what of the address could not be followed, in words
 */
public record SelectedCampaignsPage(
    List<Row> rows, List<FigureColumn> columns, List<String> notes) {

  /**
   * A campaign with its report.
   *
   * @param report null where it has not been sent
   * @param cells one a column
   * @param goal what counts as a conversion; null without a goal
   */
  public record Row(
      Campaign campaign,
      @Nullable Report report,
      List<FigureColumn.Cell> cells,
      @Nullable String goal) {

    public String address() {
      return "/campaigns/" + campaign.id();
    }
  }

  static SelectedCampaignsPage of(Chosen chosen, Numbers numbers, DisplayFormat format) {
    List<Optional<Report>> reports =
        chosen.campaigns().stream()
            .map(
                campaign ->
                    campaign.status().started()
                        ? numbers.report(campaign.id(), ReportFilter.NONE)
                        : Optional.<Report>empty())
            .toList();
    List<Counts> counts = reports.stream().flatMap(Optional::stream).map(Report::counts).toList();
    List<FigureColumn> columns = FigureColumn.of(counts);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < reports.size(); i++) {
      rows.add(row(chosen.campaigns().get(i), reports.get(i).orElse(null), columns, format));
    }
    return new SelectedCampaignsPage(rows, columns, notes(chosen));
  }

  private static Row row(
      Campaign campaign,
      @Nullable Report report,
      List<FigureColumn> columns,
      DisplayFormat format) {
    Goal goal = campaign.definition().goal();
    String address = "/campaigns/" + campaign.id();
    return new Row(
        campaign,
        report,
        columns.stream()
            .map(
                column ->
                    report == null
                        ? column.blank()
                        : column.cell(report.counts(), report.rates(), address, format))
            .toList(),
        goal == null ? null : CampaignText.goal(withoutRevenue(goal)));
  }

  private static Goal withoutRevenue(Goal goal) {
    return new Goal(goal.event(), goal.where(), goal.within(), null, goal.trust());
  }

  private static List<String> notes(Chosen chosen) {
    return Stream.concat(
            chosen.unknown().stream().map(id -> "There is no campaign " + id + "."),
            Stream.of(chosen.beyond())
                .filter(beyond -> beyond > 0)
                .map(
                    beyond ->
                        "At most %d campaigns are compared at a time; %s left out."
                            .formatted(
                                CampaignComparison.MOST,
                                beyond == 1 ? "one more was" : beyond + " more were")))
        .toList();
  }

  /** Whether there are enough campaigns to compare. */
  public boolean enough() {
    return rows.size() >= CampaignComparison.FEWEST;
  }

  /** Whether any of them has numbers. */
  public boolean started() {
    return rows.stream().anyMatch(row -> row.report != null);
  }

  /** Whether any of them has conversions. */
  public boolean converts() {
    return rows.stream().anyMatch(row -> row.report != null && row.report.conversion() != null);
  }

  /** Whether any of them has revenue. */
  public boolean earns() {
    return rows.stream().anyMatch(row -> row.report != null && row.report.revenue() != null);
  }

  /** Whether conversions are of different things, so that they do not compare. */
  public boolean goalsDiffer() {
    return rows.stream()
            .map(row -> row.campaign.definition().goal())
            .filter(Objects::nonNull)
            .map(SelectedCampaignsPage::withoutRevenue)
            .distinct()
            .count()
        > 1;
  }
}
