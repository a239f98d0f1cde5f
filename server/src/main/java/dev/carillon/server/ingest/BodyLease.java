package dev.carillon.server.ingest;

import dev.carillon.server.ingest.BodyBudget.Share;

/** What one request holds of a {@link BodyBudget}, until it is closed. For one thread at a time. */
public final class BodyLease implements AutoCloseable {
  private Share share;
  private int held;

  BodyLease(Share share) {
    this.share = share;
  }

  /**
   * Counts bytes before memory for them is used.
   *
   * @throws RefusedBodyException when other requests hold too much
   */
  public void take(int bytes) throws RefusedBodyException {
    if (!share.take(bytes)) {
      throw full();
    }
    held += bytes;
  }

  void giveBack(int bytes) {
    share.giveBack(bytes);
    held -= bytes;
  }

  /**
   * Counts all of it in another share from now on.
   *
   * @throws RefusedBodyException when that share has no room
   */
  void moveTo(Share other) throws RefusedBodyException {
    if (!other.take(held)) {
      throw full();
    }
    share.giveBack(held);
    share = other;
  }

  @Override
  public void close() {
    share.giveBack(held);
    held = 0;
  }

  private static RefusedBodyException full() {
    return new RefusedBodyException(
        503,
        "overloaded",
        "Too many requests are being read. Nothing was taken; send it again in a second.");
  }
}
