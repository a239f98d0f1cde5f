package dev.carillon.server.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Ends the taking in of requests before anything else ends: no new connections, and every request
 * that was begun is answered, also one that is still in the system's buffers.
 *
 * <p>The framework's own graceful end counts requests only while a servlet has them. One that is
 * just being read, or whose answer is just being written, was cut.
 */
public final class GracefulEnd implements SmartLifecycle {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** So long nothing may be under way; what clients have sent has come in by then. */
  private static final Duration QUIET = Duration.ofMillis(200);

  private static final Duration PAUSE = Duration.ofMillis(10);

  private volatile @Nullable TimedProtocol protocol;
  private volatile boolean running;

  /** Notes the protocol whose requests are to be answered. */
  public void watch(TimedProtocol protocol) {
    this.protocol = protocol;
  }

  boolean isEnding() {
    TimedProtocol watched = protocol;
    return watched != null && watched.isEnding();
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void stop() {
    running = false;
    TimedProtocol watched = protocol;
    if (watched == null) {
      return;
    }
    watched.beginToEnd();
    long begun = System.nanoTime();
    long busy = begun;
    try {
      for (long now = begun;
          now - busy < QUIET.toNanos() && now - begun < LONGEST.toNanos();
          now = System.nanoTime()) {
        if (watched.isBusy()) {
          busy = now;
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
