package dev.carillon.core.campaign;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One going-out of a campaign.
 *
 * @param campaign the campaign's id
 * @param number 1, 2, 3, ... within the campaign: its place in the schedule
 * @param dueAt when it was to start, in the account's zone
 * @param plannedAt when its audience was selected; null before
 * @param firstSeq number of its first message
 * @param planned how many messages it planned, control included
 * @param finishedAt when the last of them was tried; null before
 * @param systemControlPercent how large the system control group was that it held out; 0 for none
 * @param skipped why it never went out; null when it did or will
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
    @Nullable Skipped skipped) {

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

  /** Whether it is still to be planned. */
  public boolean waits() {
    return plannedAt == null && skipped == null;
  }
}
