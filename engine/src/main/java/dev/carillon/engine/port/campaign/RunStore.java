package dev.carillon.engine.port.campaign;

import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.SkipReason;
import dev.carillon.core.campaign.Skipped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runs of campaigns: each time that a campaign is due. */
public interface RunStore {

  /** How many messages the planned runs of these campaigns have; 0 for those without. */
  Map<Integer, Integer> plannedMessages(Set<Integer> campaigns);

  List<Run> runs(int campaign);

  /** Notes a run that is due and is to be sent; the same number again changes nothing. */
  default Run createRun(int campaign, int number, Instant dueAt) {
    return createRun(campaign, number, dueAt, null);
  }

  /**
   * Notes a run that is due; the same number again changes nothing.
   *
   * @param skipped why it is not to be sent; null when it is
   */
  Run createRun(int campaign, int number, Instant dueAt, @Nullable SkipReason skipped);

  /** Notes that a run will not be sent; one that is planned or skipped already stays as it is. */
  Run skipRun(int campaign, int number, Skipped skipped);

  /**
   * Notes that a run was planned and cuts each of its sections into chunks of at most {@code
   * chunkSize} messages, in one transaction; again changes nothing.
   *
   * @param firstSeq the number of the run's first message
   * @param sections all its messages, as {@link RunPlan#sections}
   */
  Run runPlanned(
      int campaign,
      int number,
      Instant plannedAt,
      int firstSeq,
      List<RunSection> sections,
      int chunkSize);

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
}
