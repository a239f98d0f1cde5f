package dev.carillon.engine.dispatch;

import dev.carillon.engine.dispatch.outcome.ResultWriter;
import dev.carillon.engine.dispatch.outcome.RetrySchedule;
import dev.carillon.engine.dispatch.sender.ThroughputMeter;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The part of a spell of sending that goes through one connection, as its passes share it. Once
 * halted it stays halted: calls under way end, no others begin.
 */
final class ConnectionSession {
  private final SendingSession session;
  private final Map<Integer, Instant> waiting;
  private final Consumer<String> onHold;
  private final AtomicBoolean halt = new AtomicBoolean();
  private volatile boolean noted;

  /**
   * @param waiting when messages that were not taken may be tried again, by number
   * @param onHold keeps the reason why the connection is held
   */
  ConnectionSession(
      SendingSession session, Map<Integer, Instant> waiting, Consumer<String> onHold) {
    this.session = session;
    this.waiting = waiting;
    this.onHold = onHold;
  }

  boolean halted() {
    return session.halted() || halt.get();
  }

  /** Whether it is held, and that is kept or could not be kept. */
  boolean over() {
    return noted;
  }

  /** Ends what goes through the connection: it is held already. */
  void halt() {
    halt.set(true);
    noted = true;
  }

  /** Sends nothing more through the connection, with the reason for the one who must act. */
  void hold(String reason) {
    if (!session.halted() && halt.compareAndSet(false, true)) {
      try {
        onHold.accept(reason);
      } finally {
        noted = true;
      }
    }
  }

  /** Ends the whole spell and pauses the campaign: the trouble is not the connection's. */
  void pause(String reason) {
    session.pause(reason);
  }

  Map<Integer, Instant> waiting() {
    return waiting;
  }

  boolean resultsTroubled() {
    return session.results().troubled();
  }

  ResultWriter results() {
    return session.results();
  }

  RetrySchedule schedule() {
    return session.schedule();
  }

  ThroughputMeter meter() {
    return session.meter();
  }
}
