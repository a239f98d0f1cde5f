package dev.carillon.engine.dispatch;

import dev.carillon.engine.dispatch.outcome.ResultWriter;
import dev.carillon.engine.dispatch.outcome.RetrySchedule;
import dev.carillon.engine.dispatch.sender.ThroughputMeter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * An uninterrupted spell of sending one campaign, as its passes share it. Once halted it stays
 * halted: calls under way end, no others begin.
 *
 * @param hold until when the campaign's throttle lets nothing through
 */
record SendingSession(
    AtomicBoolean halt,
    ThrottleHold hold,
    ResultWriter results,
    RetrySchedule schedule,
    ThroughputMeter meter,
    Consumer<String> onPause) {

  boolean halted() {
    return halt.get();
  }

  /** Why a campaign pauses whose sending broke because of a defect; no data, only its kind. */
  static String defect(Throwable defect) {
    return "Sending broke because of a defect ("
        + defect.getClass().getSimpleName()
        + "). The server's log says more. Report it; resume to try again.";
  }

  /** Ends the spell and pauses the campaign, with the reason for the one who must act. */
  void pause(String reason) {
    if (halt.compareAndSet(false, true)) {
      onPause.accept(reason);
    }
  }
}
