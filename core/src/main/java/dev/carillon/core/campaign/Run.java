package dev.carillon.core.campaign;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One going-out of a campaign.
 *
 * @param campaign the campaign's id
 * @param number 1, 2, 3, ... within the campaign
 * @param dueAt when it was to start
 * @param plannedAt when its audience was selected; null before
 * @param firstSeq number of its first message
 * @param planned how many messages it planned, control included
 * @param finishedAt when the last of them was tried; null before
 * @param systemControlPercent how large the system control group was that it held out; 0 for none
 * @param skipped why nothing of it was planned, in words; null when it was not skipped
 */
public record Run(
    int campaign,
    int number,
    Instant dueAt,
    @Nullable Instant plannedAt,
    int firstSeq,
    int planned,
    @Nullable Instant finishedAt,
    int systemControlPercent,
    @Nullable String skipped) {

  /** A run that held out no system control group and was not skipped. */
  public Run(
      int campaign,
      int number,
      Instant dueAt,
      @Nullable Instant plannedAt,
      int firstSeq,
      int planned,
      @Nullable Instant finishedAt) {
    this(campaign, number, dueAt, plannedAt, firstSeq, planned, finishedAt, 0, null);
  }
}
