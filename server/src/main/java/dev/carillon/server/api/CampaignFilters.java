package dev.carillon.server.api;

import dev.carillon.core.campaign.CampaignStatus;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads which campaigns are asked for from the parameters of a request. */
final class CampaignFilters {

  private CampaignFilters() {}

  /** Whether those in the archive, or the others, are asked for; null for both. */
  static @Nullable Boolean archived(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      case "all" -> null;
      default -> throw ApiException.badParameter("archived", "It is false, true or all.");
    };
  }

  /** The statuses that are named with commas; none for any. */
  static Set<CampaignStatus> statuses(@Nullable String status) {
    Set<CampaignStatus> statuses = EnumSet.noneOf(CampaignStatus.class);
    if (status == null || status.isBlank()) {
      return statuses;
    }
    for (String key : status.split(",", -1)) {
      for (CampaignStatus known : CampaignStatus.values()) {
        if (known.key().equals(key.strip())) {
          statuses.add(known);
        }
      }
    }
    if (statuses.isEmpty()) {
      throw ApiException.badParameter("status", "There is no such status.");
    }
    return statuses;
  }
}
