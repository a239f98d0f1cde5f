package dev.carillon.core.campaign;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A campaign and where it stands.
 *
 * @param id 1 or more
 * @param version counts the changes, from 1; a change must name the version that it was made from
 * @param definition what the marketer decided
 * @param status where it stands
 * @param statusReason why it is paused or was stopped, for the one who must act; else null
 * @param createdAt when it was created
 * @param createdBy login or API key name of the creator
 * @param startsAt when it starts or started; null before it is launched
 * @param endedAt when it completed or was stopped; null before
 * @param archivedAt when it was hidden from the list; null when it is shown there
 */
public record Campaign(
    int id,
    int version,
    CampaignDefinition definition,
    CampaignStatus status,
    @Nullable String statusReason,
    Instant createdAt,
    String createdBy,
    @Nullable Instant startsAt,
    @Nullable Instant endedAt,
    @Nullable Instant archivedAt) {

  /** One that is shown in the list. */
  public Campaign(
      int id,
      int version,
      CampaignDefinition definition,
      CampaignStatus status,
      @Nullable String statusReason,
      Instant createdAt,
      String createdBy,
      @Nullable Instant startsAt,
      @Nullable Instant endedAt) {
    this(
        id,
        version,
        definition,
        status,
        statusReason,
        createdAt,
        createdBy,
        startsAt,
        endedAt,
        null);
  }
}
