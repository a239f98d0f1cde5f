package dev.carillon.engine.port.campaign;

import dev.carillon.core.campaign.CampaignStatus;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which campaigns to list; null and empty members do not narrow.
 *
 * @param search part of the name, any case
 * @param archived whether to list those in the archive only, or the others only
 * @param from not those that started, or else were created, earlier
 * @param until not those that started, or else were created, at this moment or later
 * @param order what comes first
 * @param limit 1 to 500
 * @param offset 0 or more
 */
public record CampaignQuery(
    @Nullable String search,
    @Nullable String channel,
    Set<CampaignStatus> statuses,
    @Nullable String label,
    @Nullable String createdBy,
    @Nullable Boolean archived,
    @Nullable Instant from,
    @Nullable Instant until,
    CampaignOrder order,
    int limit,
    int offset) {

  /**
   * @throws IllegalArgumentException when limit or offset are out of their bounds
   */
  public CampaignQuery {
    if (limit < 1 || limit > 500 || offset < 0) {
      throw new IllegalArgumentException("a page has 1 to 500 campaigns from offset 0 on");
    }
  }

  /** Archived or not, of any time, latest created first. */
  public CampaignQuery(
      @Nullable String search,
      @Nullable String channel,
      Set<CampaignStatus> statuses,
      @Nullable String label,
      @Nullable String createdBy,
      int limit,
      int offset) {
    this(
        search,
        channel,
        statuses,
        label,
        createdBy,
        null,
        null,
        null,
        CampaignOrder.CREATED,
        limit,
        offset);
  }

  /** The latest created of the same campaigns, at most so many. */
  public CampaignQuery latest(int most) {
    return new CampaignQuery(
        search,
        channel,
        statuses,
        label,
        createdBy,
        archived,
        from,
        until,
        CampaignOrder.CREATED,
        most,
        0);
  }
}
