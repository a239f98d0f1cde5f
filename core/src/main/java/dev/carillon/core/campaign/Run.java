package dev.carillon.core.campaign;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One going-out of a campaign. It waits, was planned, or was skipped.
 *
 * @param campaign the campaign's id
 * @param number 1, 2, 3, ... within the campaign: its place in the schedule
 * @param dueAt when it was to start, in the account's zone
 * @param systemControlPercent how large the system control group is that it holds out; 0 for none
 * @param planned what was planned of it; null before, and when it was skipped
 * @param skipped why it was never sent; null when it was or will be
 */
public record Run(
    int campaign,
    int number,
    Instant dueAt,
    int systemControlPercent,
    @Nullable Planned planned,
    @Nullable Skipped skipped) {

  /** One that is still to be planned and, so far, holds out no system control group. */
  public static Run waiting(int campaign, int number, Instant dueAt) {
    return new Run(campaign, number, dueAt, 0, null, null);
  }

  /** Whether it is still to be planned. */
  public boolean waits() {
    return planned == null && skipped == null;
  }

  /** How many messages it has, control included; 0 before it is planned. */
  public int messages() {
    return planned == null ? 0 : planned.messages();
  }

  /** When the last of its messages was tried; null before. */
  public @Nullable Instant finishedAt() {
    return planned == null ? null : planned.finishedAt();
  }

  /**
   * The messages of a run, numbered without gaps.
   *
   * @param at when the audience was selected
   * @param firstSeq number of the first message
   * @param messages how many there are, control included
   * @param finishedAt when the last of them was tried; null before
   */
  public record Planned(Instant at, int firstSeq, int messages, @Nullable Instant finishedAt) {

    /** The number after its last message. */
    public int endSeq() {
      return firstSeq + messages;
    }
  }
}
