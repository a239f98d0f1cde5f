package dev.carillon.engine.callback;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words by which a person ends or begins messages. Only a message that says nothing else
 * counts, so that "please stop by tomorrow" ends nothing.
 */
final class Keywords {
  private static final Set<String> STOP =
      Set.of(
          "stop", "stopall", "stop all", "unsubscribe", "opt out", "opt-out", "optout", "revoke");
  private static final Set<String> START =
      Set.of("start", "unstop", "subscribe", "opt in", "opt-in", "optin");
  private static final int LONGEST = 40;

  private Keywords() {}

  /** Whether the person wants messages from now on; empty when the text is about something else. */
  static Optional<Boolean> wish(@Nullable String text) {
    if (text == null || text.length() > LONGEST) {
      return Optional.empty();
    }
    String word = text.strip().toLowerCase(Locale.ROOT).replaceAll("[.!\"']+", "").strip();
    if (STOP.contains(word)) {
      return Optional.of(false);
    }
    return START.contains(word) ? Optional.of(true) : Optional.empty();
  }
}
