package dev.carillon.testkit.sending;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.engine.port.campaign.CampaignOrder;
import dev.carillon.engine.port.campaign.CampaignPage;
import dev.carillon.engine.port.campaign.CampaignQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lists campaigns as a {@link CampaignQuery} asks. */
final class MemoryCampaignList {
  static final Comparator<String> BY_NAME =
      String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

  private MemoryCampaignList() {}

  static CampaignPage page(Collection<Campaign> campaigns, CampaignQuery query) {
    List<Campaign> found =
        campaigns.stream()
            .filter(campaign -> fits(campaign, query))
            .sorted(order(query.order()))
            .toList();
    return new CampaignPage(
        found.stream().skip(query.offset()).limit(query.limit()).toList(), found.size());
  }

  private static Comparator<Campaign> order(CampaignOrder order) {
    Comparator<Campaign> latest = Comparator.comparingInt(Campaign::id).reversed();
    return switch (order) {
      case CREATED -> Comparator.comparing(Campaign::createdAt).reversed().thenComparing(latest);
      case STARTED ->
          Comparator.comparing(
                  Campaign::startsAt, Comparator.nullsFirst(Comparator.<Instant>reverseOrder()))
              .thenComparing(latest);
      case NAME -> Comparator.comparing(MemoryCampaignList::name).thenComparingInt(Campaign::id);
    };
  }

  private static boolean fits(Campaign campaign, CampaignQuery query) {
    Instant time = campaign.startsAt() == null ? campaign.createdAt() : campaign.startsAt();
    return (query.search() == null
            || name(campaign).contains(query.search().strip().toLowerCase(Locale.ROOT)))
        && isOrAny(query.channel(), campaign.definition().channel().key())
        && (query.statuses().isEmpty() || query.statuses().contains(campaign.status()))
        && (query.label() == null || campaign.definition().labels().contains(query.label()))
        && isOrAny(query.createdBy(), campaign.createdBy())
        && (query.archived() == null || query.archived() == (campaign.archivedAt() != null))
        && (query.from() == null || !time.isBefore(query.from()))
        && (query.until() == null || time.isBefore(query.until()));
  }

  private static boolean isOrAny(@Nullable String wanted, String has) {
    return wanted == null || Objects.equals(wanted, has);
  }

  private static String name(Campaign campaign) {
    return campaign.definition().name().toLowerCase(Locale.ROOT);
  }
}
