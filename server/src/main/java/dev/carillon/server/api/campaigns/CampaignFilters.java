package dev.carillon.server.api.campaigns;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.campaign.CampaignOrder;
import dev.carillon.engine.port.campaign.CampaignQuery;
import dev.carillon.server.api.request.ApiException;
import dev.carillon.server.api.request.Requests;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which campaigns are asked for, as the parameters of a request say it; what is null does not
 * narrow.
 */
public record CampaignFilters(
    @Parameter(description = "part of the name") @Nullable String search,
    @Parameter(description = "push, sms, whatsapp or facebook") @Nullable String channel,
    @Parameter(description = "statuses, with commas between them") @Nullable String status,
    @Nullable String label,
    @Parameter(description = "login or API key that made them") @Nullable String createdBy,
    @Parameter(description = "false, true, or all for both; false when left out")
        @Nullable String archived,
    @Parameter(
            description =
                "day in the account's zone on which they started, or else were created, at the"
                    + " earliest")
        @Nullable String from,
    @Parameter(description = "the same, at the latest") @Nullable String to) {

  /**
   * The query.
   *
   * @param zone where days begin
   * @throws ApiException when a parameter means nothing
   */
  public CampaignQuery query(ZoneId zone, CampaignOrder order, int limit, int offset) {
    LocalDate until = Requests.day("to", to);
    return new CampaignQuery(
        search,
        known(channel),
        statuses(status),
        label,
        createdBy,
        archived(archived),
        start(Requests.day("from", from), zone),
        start(until == null ? null : until.plusDays(1), zone),
        order,
        limit,
        offset);
  }

  private static @Nullable Instant start(@Nullable LocalDate day, ZoneId zone) {
    return day == null ? null : day.atStartOfDay(zone).toInstant();
  }

  private static @Nullable String known(@Nullable String channel) {
    if (channel == null || channel.isBlank()) {
      return null;
    }
    return Channel.ofKey(channel)
        .orElseThrow(() -> ApiException.badParameter("channel", "There is no such channel."))
        .key();
  }

  private static @Nullable Boolean archived(@Nullable String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      case "all" -> null;
      case null -> false;
      default -> throw ApiException.badParameter("archived", "It is false, true or all.");
    };
  }

  private static Set<CampaignStatus> statuses(@Nullable String text) {
    Set<CampaignStatus> statuses = EnumSet.noneOf(CampaignStatus.class);
    if (text == null || text.isBlank()) {
      return statuses;
    }
    for (String key : text.split(",", -1)) {
      statuses.add(status(key.strip()));
    }
    return statuses;
  }

  private static CampaignStatus status(String key) {
    return CampaignStatus.ofKey(key)
        .orElseThrow(() -> ApiException.badParameter("status", "There is no such status."));
  }
}
