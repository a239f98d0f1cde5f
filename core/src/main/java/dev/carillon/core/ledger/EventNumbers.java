package dev.carillon.core.ledger;

import dev.carillon.core.SplitMix64;
import dev.carillon.core.message.Fact;

/** Numbers for the ids of clicks and replies. */
final class EventNumbers {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private EventNumbers() {}

  /**
   * 64 bits of the fact's event id; 0 without one, so that such facts are one event a message. Two
   * events of one message meet by chance once in 10^19 pairs.
   */
  static long of(Fact fact) {
    String event = fact.event();
    if (event == null) {
      return 0;
    }
    long hash = OFFSET;
    for (int i = 0; i < event.length(); i++) {
      hash = (hash ^ event.charAt(i)) * FNV_PRIME;
    }
    return SplitMix64.mix(hash);
  }
}
