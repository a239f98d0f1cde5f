package dev.carillon.engine.callback;

import dev.carillon.engine.port.facts.Unattributed;
import dev.carillon.engine.provider.Capabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the counts of a connection's callbacks suggest to do, in plain words. */
final class CallbackAdvice {
  /** Of fewer, none can be missing by chance. */
  private static final int ENOUGH = 20;

  private CallbackAdvice() {}

  /**
   * What is wrong and what to do, most pressing first. What a provider never reports is not missed.
   */
  static List<String> on(ConnectionHealth health, Capabilities capabilities) {
    List<String> advice = new ArrayList<>();
    unattributed(health.unattributed()).ifPresent(advice::add);
    turnedAway(health, advice);
    if (capabilities.reportsDelivery()) {
      missing(health).ifPresent(advice::add);
    }
    if (capabilities.echoesReference()) {
      unmatched(health).ifPresent(advice::add);
    }
    if (health.notUnderstood() > 0) {
      advice.add(
          health.notUnderstood()
              + " parts of callbacks could not be understood. They are kept; an update may know"
              + " them.");
    }
    return List.copyOf(advice);
  }

  private static Optional<String> unattributed(Unattributed unattributed) {
    return unattributed.any()
        ? Optional.of(
            counted(unattributed.optOuts(), "opt-out", "opt-outs")
                + " and "
                + counted(unattributed.replies(), "reply", "replies")
                + " came from people whom the provider names by an id, without a phone number, and"
                + " nobody here is known by that id yet. They are kept, and take effect as soon as a"
                + " callback connects the id with a message or a phone number. Until then, look in"
                + " the provider's inbox who wrote, and unsubscribe them on their profiles.")
        : Optional.empty();
  }

  private static void turnedAway(ConnectionHealth health, List<String> advice) {
    long signatures = rejected(health, "badSignature") + rejected(health, "unsigned");
    if (signatures > 0) {
      advice.add(
          signatures
              + " callbacks were turned away because their signature was missing or wrong."
              + " Compare the secret that proves them, such as the app secret, with the provider's;"
              + " if it is right, somebody else is calling this address.");
    }
    if (rejected(health, "badToken") > 0) {
      advice.add(
          "The provider called with another token than the connection has. Enter the same one on"
              + " both sides.");
    }
  }

  private static long rejected(ConnectionHealth health, String reason) {
    return health.rejected().getOrDefault(reason, 0L);
  }

  private static Optional<String> missing(ConnectionHealth health) {
    if (health.accepted() > 0 && health.statuses() == 0) {
      return Optional.of(
          "The provider took "
              + health.accepted()
              + " messages and has called back about none. Register this connection's callback"
              + " address there, subscribe it to message statuses, and check that it can be"
              + " reached from the internet.");
    }
    return health.outstanding() * 10 > health.accepted() && health.accepted() >= ENOUGH
        ? Optional.of(
            health.outstanding()
                + " of "
                + health.accepted()
                + " messages that the provider took have had no callback for ten minutes. They"
                + " come later, or the address could not be reached for a while.")
        : Optional.empty();
  }

  private static Optional<String> unmatched(ConnectionHealth health) {
    return health.statuses() >= ENOUGH && health.unmatched() * 5 > health.statuses()
        ? Optional.of(
            health.unmatched()
                + " of "
                + health.statuses()
                + " statuses name no message of ours. Another program may be sending through the"
                + " same account.")
        : Optional.empty();
  }

  private static String counted(long count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }
}
