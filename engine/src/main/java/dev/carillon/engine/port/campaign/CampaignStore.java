package dev.carillon.engine.port.campaign;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.engine.port.StaleVersionException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Campaigns: their definitions, where they stand, and the list of them. */
public interface CampaignStore {

  Campaign createCampaign(CampaignDefinition definition, String createdBy, Instant at);

  Optional<Campaign> campaign(int id);

  /** Campaigns that fit, latest created first. */
  CampaignPage campaigns(CampaignQuery query);

  /**
   * Replaces the definition and keeps it as a revision.
   *
   * @throws StaleVersionException when the campaign is no longer at that version
   */
  Campaign changeCampaign(
      int id, int version, CampaignDefinition definition, DefinitionChange change);

  /**
   * How the definition was at a version, and each that it was changed to since, in their order.
   *
   * @return empty when there is no such campaign
   */
  List<Revision> revisions(int id, int version);

  /**
   * Hides the campaign from the list, or shows it there again.
   *
   * @param from where it must stand
   * @param at null to show it
   * @return the campaign as it is now; empty when it stands elsewhere
   */
  Optional<Campaign> archiveCampaign(int id, Set<CampaignStatus> from, @Nullable Instant at);

  /** Who has made campaigns, by name. */
  List<String> creators();

  /**
   * Moves the campaign to a status if it stands in one of {@code from}; its end is noted when the
   * status ends it, its start forgotten when it becomes a draft again. A move counts as a change:
   * the version grows, so that an edit begun before it is stale. What moves is taken out of the
   * archive.
   *
   * @param reason replaces the one noted before, null too
   * @param startsAt null keeps the one noted before
   * @return the campaign as it is now; empty when it stood in none of them
   */
  Optional<Campaign> moveCampaign(
      int id,
      Set<CampaignStatus> from,
      CampaignStatus to,
      @Nullable String reason,
      @Nullable Instant startsAt,
      Instant at);

  /**
   * Moves a draft to where it is launched to, as {@link #moveCampaign} does.
   *
   * @param version at which it must be, so that what is launched is what was looked at
   * @return the campaign as it is now; empty when it is no draft of that version any more
   */
  Optional<Campaign> launchCampaign(
      int id, int version, CampaignStatus to, Instant startsAt, Instant at);

  /** Deletes a draft; false when it is none. */
  boolean deleteCampaign(int id);

  /** Campaigns whose audience refers to any of these by itself, latest created first. */
  List<Campaign> campaignsUsing(Set<Rule.Saved> saved);

  /** All labels in use, by name without regard to case. */
  List<String> labels();
}
