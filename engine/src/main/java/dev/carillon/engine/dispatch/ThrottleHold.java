package dev.carillon.engine.dispatch;

import java.time.Instant;

/** Until when a campaign's throttle lets nothing through. Thread-safe. */
final class ThrottleHold {
  private Instant until = Instant.MIN;

  synchronized Instant until() {
    return until;
  }

  /** Lets nothing through before this moment either. */
  synchronized void prolong(Instant moment) {
    if (moment.isAfter(until)) {
      until = moment;
    }
  }
}
