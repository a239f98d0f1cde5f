package dev.carillon.server.ingest;

import java.util.concurrent.Semaphore;

/**
 * How many bytes of request bodies may be in memory at once, over all requests. Each kind of sender
 * has its own share, so that unauthenticated senders can never take what authenticated ones need.
 * Thread-safe.
 */
public final class BodyBudget {
  private static final int EIGHTH = 8;
  private static final int QUARTER = 4;

  private final Share known;
  private final Share callbacks;
  private final Share unknown;

  /**
   * @param bytes of all shares together, less than 2 GiB
   */
  public BodyBudget(long bytes) {
    int all = Math.toIntExact(bytes);
    this.unknown = new Share(all / EIGHTH);
    this.callbacks = new Share(all / QUARTER);
    this.known = new Share(all - all / EIGHTH - all / QUARTER);
  }

  /** Of requests with a valid key or login: five eighths. */
  public Share known() {
    return known;
  }

  /** Of callbacks, whose signature is judged only when all of them is there: a quarter. */
  public Share callbacks() {
    return callbacks;
  }

  /** Of requests whose key is in the body, until it is found there: an eighth. */
  public Share unknown() {
    return unknown;
  }

  /** A part of the budget. Thread-safe. */
  public static final class Share {
    private final Semaphore free;
    private final int size;

    private Share(int size) {
      this.size = size;
      this.free = new Semaphore(size);
    }

    /** Begins to count the body of one request; nothing is taken yet. */
    public BodyLease lease() {
      return new BodyLease(this);
    }

    /** Bytes that are taken now. */
    public int used() {
      return size - free.availablePermits();
    }

    boolean take(int bytes) {
      return free.tryAcquire(bytes);
    }

    void giveBack(int bytes) {
      free.release(bytes);
    }
  }
}
