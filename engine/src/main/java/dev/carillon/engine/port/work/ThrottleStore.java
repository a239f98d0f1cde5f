package dev.carillon.engine.port.work;

import java.time.Duration;
import java.time.Instant;

/** How many messages a campaign with a bounded speed has tried lately. */
public interface ThrottleStore {

  /**
   * Takes turns for tries of a campaign whose speed is bounded: no more are given in any time of
   * that length, over all senders. They are kept, and never given back. When the clock was set
   * back, turns taken before count as if they were taken now.
   *
   * @param wanted how many are wanted, 1 or more
   * @param most how many there are in the time, 1 or more
   */
  Turns takeTurns(int campaign, int wanted, int most, Duration within, Instant now);
}
