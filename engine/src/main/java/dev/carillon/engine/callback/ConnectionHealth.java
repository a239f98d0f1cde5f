package dev.carillon.engine.callback;

import dev.carillon.engine.port.facts.Unattributed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a connection's callbacks fare, since this process started.
 *
 * @param received callbacks that were authentic and kept
 * @param statuses what they said about messages
 * @param incoming messages from people in them
 * @param unmatched statuses that named no message by a reference of ours; some are matched later by
 *     the provider's message id
 * @param rejected callbacks that were turned away, by reason
 * @param notUnderstood parts of authentic callbacks that could not be understood; kept raw
 * @param otherNumber changes about another number of the same app, which no connection has; ignored
 * @param unattributed what came from people who cannot be found, since the account began
 * @param lastCallbackAt when the last authentic one came; null before the first
 * @param accepted messages that the provider took at least ten minutes ago
 * @param outstanding how many of those no callback has reported yet
 * @param notices the provider's latest news of the account, latest first
 * @param advice what is wrong and what to do, in plain words, most pressing first; empty when all
 *     is well
 */
public record ConnectionHealth(
    long received,
    long statuses,
    long incoming,
    long unmatched,
    Map<String, Long> rejected,
    long notUnderstood,
    long otherNumber,
    Unattributed unattributed,
    @Nullable Instant lastCallbackAt,
    long accepted,
    long outstanding,
    List<News> notices,
    List<String> advice) {

  /** The same with advice that comes before all other. */
  ConnectionHealth advising(List<String> first) {
    List<String> all = new ArrayList<>(first);
    all.addAll(advice);
    return new ConnectionHealth(
        received,
        statuses,
        incoming,
        unmatched,
        rejected,
        notUnderstood,
        otherNumber,
        unattributed,
        lastCallbackAt,
        accepted,
        outstanding,
        notices,
        List.copyOf(all));
  }

  /**
   * News of the account.
   *
   * @param topic the provider's word for it
   */
  public record News(Instant at, String topic, String text) {}
}
