package dev.carillon.engine.port.work;

import dev.carillon.core.message.MessageRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the users of some messages were sent lately.
 *
 * @param users the users' keys by the messages' numbers
 * @param sends by user key; users who were sent nothing are left out
 */
public record RecentSends(Map<Integer, Long> users, Map<Long, List<Send>> sends) {
  public RecentSends {
    users = Map.copyOf(users);
    sends = Map.copyOf(sends);
  }

  /**
   * A message that was sent, or may have been, or that would have been to a control user.
   *
   * @param run number of its campaign's run
   * @param at its latest known moment: of its last try, its acceptance, or its ghost send
   */
  public record Send(MessageRef message, int run, Instant at) {}
}
