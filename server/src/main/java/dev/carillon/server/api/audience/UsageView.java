package dev.carillon.server.api.audience;

import dev.carillon.engine.audience.Usage;
import java.util.List;

/**
 * Who uses a segment or a list.
 *
 * @param campaigns also those that use it by way of segments
 * @param segments also by way of each other
 */
public record UsageView(List<UsingCampaign> campaigns, List<UsingSegment> segments) {

  record UsingCampaign(String id, String name, String status) {}

  record UsingSegment(String id, String name) {}

  public static UsageView of(Usage usage) {
    return new UsageView(
        usage.campaigns().stream()
            .map(
                campaign ->
                    new UsingCampaign(
                        Integer.toString(campaign.id()),
                        campaign.definition().name(),
                        campaign.status().key()))
            .toList(),
        usage.segments().stream()
            .map(segment -> new UsingSegment(Integer.toString(segment.id()), segment.name()))
            .toList());
  }
}
