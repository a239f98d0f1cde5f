package dev.carillon.engine.callback;

import dev.carillon.core.campaign.Run;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.campaign.RunStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Tells whether a message was ever planned. A reference can be genuine and its campaign gone, when
 * the data was restored from an older backup. Thread-safe.
 */
final class KnownMessages {
  private final RunStore runs;

  /** By campaign: the number after its last message. */
  private final ConcurrentMap<Integer, Integer> ends = new ConcurrentHashMap<>();

  KnownMessages(RunStore runs) {
    this.runs = runs;
  }

  boolean knows(MessageRef message) {
    return message.seq() < ends.getOrDefault(message.campaign(), 0)
        || message.seq() < lookUp(message.campaign());
  }

  private int lookUp(int campaign) {
    int end = runs.runs(campaign).stream().mapToInt(run -> end(run)).max().orElse(0);
    if (end > 0) {
      ends.merge(campaign, end, Math::max);
    }
    return end;
  }

  private static int end(Run run) {
    return run.planned() == null ? 0 : run.planned().endSeq();
  }
}
