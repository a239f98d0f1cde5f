package dev.carillon.server.pages.campaigns;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.engine.port.campaign.SavedView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of campaigns.
 *
 * @param rows the campaigns of this page
 * @param total how many fit
 * @param query what was asked for
 * @param labels all labels in use
 * @param creators all who have made campaigns
 * @param views the reader's saved views
 */
public record CampaignListPage(
    List<Row> rows,
    int total,
    ListQuery query,
    List<String> labels,
    List<String> creators,
    List<SavedView> views) {
  static final int SIZE = 25;

  /**
   * A campaign with its numbers.
   *
   * @param counts null where there are none, or they are not known yet
   * @param sent whether it has been sent, so that it has numbers
   */
  public record Row(Campaign campaign, @Nullable Counts counts, boolean sent) {

    /** Whether its numbers have to be asked for. */
    public boolean waits() {
      return sent && counts == null;
    }
  }

  public boolean hasNext() {
    return query.offset() + rows.size() < total;
  }

  /** The address of the page before. */
  public String previous() {
    return query.at(Math.max(0, query.offset() - SIZE));
  }

  /** The address of the page after. */
  public String next() {
    return query.at(query.offset() + SIZE);
  }
}
