package dev.carillon.engine.port.campaign;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.SkipReason;
import dev.carillon.core.campaign.Skipped;
import dev.carillon.core.campaign.VariantDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
   * Replaces the definition and keeps it as a revision.
   *
   * @throws StaleVersionException when the campaign is no longer at that version
   */
  Campaign changeCampaign(int id, int version, CampaignDefinition definition, Change change);

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

  /** How many messages the planned runs of these campaigns have; 0 for those without. */
  Map<Integer, Integer> plannedMessages(Set<Integer> campaigns);

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

  List<Run> runs(int campaign);

  /** Notes a run that is due and is to go out; the same number again changes nothing. */
  default Run createRun(int campaign, int number, Instant dueAt) {
    return createRun(campaign, number, dueAt, null);
  }

  /**
   * Notes a run that is due; the same number again changes nothing.
   *
   * @param skipped why it is not to go out; null when it is
   */
  Run createRun(int campaign, int number, Instant dueAt, @Nullable SkipReason skipped);

  /** Notes that a run will not go out; one that is planned or skipped already stays as it is. */
  Run skipRun(int campaign, int number, Skipped skipped);

  /**
   * Notes that a run was planned and cuts it into chunks of at most {@code chunkSize} messages, in
   * one transaction; again changes nothing.
   */
  Run runPlanned(
      int campaign, int number, Instant plannedAt, int firstSeq, int planned, int chunkSize);

  /**
   * Notes which variant the rest of a run gets, unless that is decided already.
   *
   * @return the decision that stands
   */
  VariantDecision decideVariant(VariantDecision decision);

  /** What the campaign's tests of variants decided, by run. */
  List<VariantDecision> variantDecisions(int campaign);

  /** Notes the end of those planned runs of which no chunk is left. */
  void finishRuns(int campaign, Instant at);

  /**
   * Notes how large the system control group is that a run holds out, before it is planned; what
   * was noted first stays.
   *
   * @return the run as it is now
   */
  Run runHoldsOut(int campaign, int number, int systemControlPercent);

  /** The latest runs that were skipped and due since, latest first. */
  List<Run> skippedRuns(Instant since, int limit);

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

  /** Makes those of the campaign's chunks that nobody holds and that wait for their time free. */
  void freeWaitingChunks(int campaign, Instant now);

  /** When the next of the campaign's unfinished chunks is free; empty when there are none. */
  Optional<Instant> nextChunk(int campaign);

  /**
   * Takes turns for tries of a campaign whose speed is bounded: no more are given in any time of
   * that length, whoever takes them. They are kept, and never given back. When the clock was set
   * back, turns taken before count as if they were taken now.
   *
   * @param wanted how many are wanted, 1 or more
   * @param most how many there are in the time, 1 or more
   */
  Turns takeTurns(int campaign, int wanted, int most, Duration within, Instant now);

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
   * Turns that were given.
   *
   * @param given as many as were wanted, or fewer, or none
   * @param moreAt when there may be more
   */
  record Turns(int given, Instant moreAt) {}

  /**
   * Who changes a definition.
   *
   * @param by login or API key name
   * @param startsAt when it starts next; null keeps what was noted before
   */
  record Change(String by, Instant at, @Nullable Instant startsAt) {}

  /**
   * A definition as it was for a while.
   *
   * @param version the version from which on it held
   * @param by login or API key name of who made it so
   */
  record Revision(int version, CampaignDefinition definition, String by, Instant at) {}

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
  record CampaignQuery(
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

  /** What comes first in a list of campaigns. */
  enum CampaignOrder {
    /** The latest created. */
    CREATED,
    /** The latest start; those without one come first, as they are still being written. */
    STARTED,
    /** By name. */
    NAME;

    /** The name in addresses. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The order with this name; empty when there is none. */
    public static Optional<CampaignOrder> ofKey(String key) {
      return Arrays.stream(values()).filter(order -> order.key().equals(key)).findFirst();
    }
  }

  record CampaignPage(List<Campaign> campaigns, int total) {}

  /** Somebody else changed it first. */
  final class StaleVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleVersionException(String message) {
      super(message);
    }
  }
}
