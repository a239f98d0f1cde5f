package dev.carillon.engine.callback;

import java.time.Duration;
import java.time.Instant;
import org.roaringbitmap.RoaringBitmap;

/**
 * The messages of one campaign that the provider took, and those that callbacks reported, since
 * this process started. A message is due once callbacks had time to come; when so long ago that
 * none comes any more, it is only counted. Thread-safe.
 */
final class Receipts {
  private static final Duration TIME_TO_COME = Duration.ofMinutes(10);

  /** Providers repeat a callback that could not be delivered for a week at most. */
  private static final Duration LONGEST_COMING = Duration.ofDays(8);

  private final RoaringBitmap reported = new RoaringBitmap();
  private RoaringBitmap old = new RoaringBitmap();
  private RoaringBitmap due = new RoaringBitmap();
  private RoaringBitmap young = new RoaringBitmap();
  private RoaringBitmap younger = new RoaringBitmap();
  private Instant turn;
  private Instant oldTurn;

  /** Of messages whose sets are gone. */
  private Due counted = new Due(0, 0);

  Receipts(Instant now) {
    this.turn = now;
    this.oldTurn = now;
  }

  synchronized void accepted(int seq, Instant at) {
    turn(at);
    younger.add(seq);
  }

  synchronized void reported(int seq) {
    reported.add(seq);
  }

  /** How many messages are due by now, and how many of them nothing has reported. */
  synchronized Due due(Instant now) {
    turn(now);
    return counted.plus(count(old)).plus(count(due));
  }

  /** Lets go what is only counted by now. */
  synchronized void shrink(Instant now) {
    turn(now);
  }

  /** How much memory the sets take, about. */
  synchronized long bytes() {
    return reported.getLongSizeInBytes()
        + old.getLongSizeInBytes()
        + due.getLongSizeInBytes()
        + young.getLongSizeInBytes()
        + younger.getLongSizeInBytes();
  }

  /** Every ten minutes the young become due, so that a message waits ten to twenty. */
  private void turn(Instant now) {
    if (now.isBefore(turn.plus(TIME_TO_COME))) {
      return;
    }
    boolean longAgo = !now.isBefore(turn.plus(TIME_TO_COME.multipliedBy(2)));
    due.or(young);
    if (longAgo) {
      due.or(younger);
      young = new RoaringBitmap();
    } else {
      young = younger;
    }
    younger = new RoaringBitmap();
    turn = now;
    if (!now.isBefore(oldTurn.plus(LONGEST_COMING))) {
      countOld();
      if (!now.isBefore(oldTurn.plus(LONGEST_COMING.multipliedBy(2)))) {
        countOld();
      }
      oldTurn = now;
    }
  }

  private void countOld() {
    counted = counted.plus(count(old));
    reported.andNot(old);
    old = due;
    due = new RoaringBitmap();
  }

  private Due count(RoaringBitmap messages) {
    return new Due(messages.getCardinality(), RoaringBitmap.andNotCardinality(messages, reported));
  }

  /**
   * @param accepted messages that callbacks should have reported by now
   * @param outstanding those of them that none has reported
   */
  record Due(long accepted, long outstanding) {
    Due plus(Due other) {
      return new Due(accepted + other.accepted, outstanding + other.outstanding);
    }
  }
}
