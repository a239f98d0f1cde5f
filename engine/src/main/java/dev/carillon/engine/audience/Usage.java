package dev.carillon.engine.audience;

import dev.carillon.core.audience.Segment;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.When;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who uses a segment or a list.
 *
 * @param campaigns campaigns, latest first; also those that use it by way of other segments
 * @param segments segments, by name; also by way of each other
 */
public record Usage(List<Campaign> campaigns, List<Segment> segments) {
  public Usage {
    campaigns = List.copyOf(campaigns);
    segments = List.copyOf(segments);
  }

  /** Those that still need it: all segments, and campaigns that have not ended. */
  public Usage holding() {
    return new Usage(
        campaigns.stream().filter(campaign -> !campaign.status().ended()).toList(), segments);
  }

  /** The campaigns that are launched and will select people again, as it is then. */
  public List<Campaign> upcoming() {
    return campaigns.stream().filter(Usage::selectsAgain).toList();
  }

  public boolean isEmpty() {
    return campaigns.isEmpty() && segments.isEmpty();
  }

  /** The names, for people. */
  public String names() {
    return Stream.concat(
            campaigns.stream().map(campaign -> "campaign " + campaign.definition().name()),
            segments.stream().map(segment -> "segment " + segment.name()))
        .collect(Collectors.joining(", "));
  }

  private static boolean selectsAgain(Campaign campaign) {
    When when = campaign.definition().when();
    return switch (campaign.status()) {
      case SCHEDULED, AWAITING_NEXT_RUN -> true;
      case RUNNING, PAUSED -> !(when instanceof When.Now || when instanceof When.At);
      case DRAFT, STOPPED, COMPLETED -> false;
    };
  }
}
