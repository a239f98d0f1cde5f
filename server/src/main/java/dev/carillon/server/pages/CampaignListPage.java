package dev.carillon.server.pages;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.report.Counts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of campaigns.
 *
 * @param rows the campaigns of this page
 * @param total how many fit
 * @param offset how many come before this page
 * @param search part of a name; empty for all
 * @param status a status; null for all
 * @param label a label; empty for all
 * @param labels all labels in use
 */
public record CampaignListPage(
    List<Row> rows,
    int total,
    int offset,
    String search,
    @Nullable CampaignStatus status,
    String label,
    List<String> labels) {
  static final int SIZE = 25;

  /**
   * @param counts its numbers; null for one that has none yet
   */
  public record Row(Campaign campaign, @Nullable Counts counts) {}

  /** Whether anything is narrowed. */
  public boolean narrowed() {
    return !search.isEmpty() || status != null || !label.isEmpty();
  }

  /** The address of the page that begins after so many. */
  public String at(int otherOffset) {
    StringBuilder query = new StringBuilder("/campaigns?offset=").append(otherOffset);
    if (!search.isEmpty()) {
      query.append("&q=").append(StatisticsQuery.encoded(search));
    }
    if (status != null) {
      query.append("&status=").append(status.key());
    }
    if (!label.isEmpty()) {
      query.append("&label=").append(StatisticsQuery.encoded(label));
    }
    return query.toString();
  }

  public boolean hasNext() {
    return offset + rows.size() < total;
  }

  public int previous() {
    return Math.max(0, offset - SIZE);
  }

  public int next() {
    return offset + SIZE;
  }
}
