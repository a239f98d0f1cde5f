package dev.carillon.engine.port;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Campaigns, their runs, and the chunks of runs that are being sent. */
public interface CampaignStore {

  Campaign createCampaign(CampaignDefinition definition, String createdBy, Instant at);

  Optional<Campaign> campaign(int id);

  /** Campaigns that fit, latest created first. */
  CampaignPage campaigns(CampaignQuery query);

  /**
   * Replaces the definition.
   *
   * @throws StaleVersionException when the campaign is no longer at that version
   */
  Campaign changeCampaign(int id, int version, CampaignDefinition definition);

  /**
   * Moves the campaign to a status if it stands in one of {@code from}; its end is noted when the
   * status ends it, its start forgotten when it becomes a draft again. A move counts as a change:
   * the version grows, so that an edit begun before it is stale.
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

  /** Deletes a draft; false when it is none. */
  boolean deleteCampaign(int id);

  /** Campaigns whose audience refers to any of these by itself, latest created first. */
  List<Campaign> campaignsUsing(Set<Rule.Saved> saved);

  /** All labels in use, by name without regard to case. */
  List<String> labels();

  List<Run> runs(int campaign);

  /** Notes a run that is due; the same number again changes nothing. */
  Run createRun(int campaign, int number, Instant dueAt);

  /**
   * Notes that a run was planned and cuts it into chunks of at most {@code chunkSize} messages, in
   * one transaction; again changes nothing.
   */
  Run runPlanned(
      int campaign, int number, Instant plannedAt, int firstSeq, int planned, int chunkSize);

  void runFinished(int campaign, int number, Instant at);

  /**
   * Claims the next chunk of the campaign that is open, or whose lease has run out, for the owner.
   */
  Optional<Chunk> claimChunk(int campaign, String owner, Instant now, Duration lease);

  /** Prolongs the lease; false when it was lost, that is: released, ended or taken over. */
  boolean renewChunk(Chunk chunk, Instant now, Duration lease);

  /** Ends a chunk; nothing happens when its lease was lost. */
  void finishChunk(Chunk chunk);

  /**
   * Gives a chunk back, to be claimed again not before {@code notBefore}; nothing happens when its
   * lease was lost.
   */
  void releaseChunk(Chunk chunk, Instant notBefore);

  /** How many chunks of the campaign are not finished. */
  int openChunks(int campaign);

  /** How many messages the unfinished chunks of the campaign hold, tried ones included. */
  long openMessages(int campaign);

  /**
   * A piece of a run: messages with {@code fromSeq <= seq < toSeq}.
   *
   * @param owner who holds the lease
   */
  record Chunk(int campaign, int run, int fromSeq, int toSeq, String owner) {}

  /**
   * Which campaigns to list; null and empty members do not narrow.
   *
   * @param search part of the name, any case
   * @param limit 1 to 500
   * @param offset 0 or more
   */
  record CampaignQuery(
      @Nullable String search,
      @Nullable String channel,
      Set<CampaignStatus> statuses,
      @Nullable String label,
      @Nullable String createdBy,
      int limit,
      int offset) {}

  record CampaignPage(List<Campaign> campaigns, int total) {}

  /** Somebody else changed it first. */
  final class StaleVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleVersionException(String message) {
      super(message);
    }
  }
}
