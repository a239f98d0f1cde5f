package dev.carillon.engine.callback;

import java.time.Duration;
import java.time.Instant;
import org.roaringbitmap.RoaringBitmap;

/**
 * The messages of one campaign that the provider took, and those that callbacks told of, since this
 * process started. A message is due once callbacks had time to come. Thread-safe.
 */
final class Receipts {
  private static final Duration TIME_TO_COME = Duration.ofMinutes(10);

  private final RoaringBitmap told = new RoaringBitmap();
  private final RoaringBitmap due = new RoaringBitmap();
  private RoaringBitmap young = new RoaringBitmap();
  private RoaringBitmap younger = new RoaringBitmap();
  private Instant turn;

  Receipts(Instant now) {
    this.turn = now;
  }

  synchronized void accepted(int seq, Instant at) {
    turn(at);
    younger.add(seq);
  }

  synchronized void told(int seq) {
    told.add(seq);
  }

  /** How many messages are due by now, and how many of them nothing has told of. */
  synchronized Due due(Instant now) {
    turn(now);
    return new Due(due.getCardinality(), RoaringBitmap.andNotCardinality(due, told));
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
  }

  /**
   * @param accepted messages that callbacks should have told of by now
   * @param outstanding those of them that none has told of
   */
  record Due(long accepted, long outstanding) {}
}
