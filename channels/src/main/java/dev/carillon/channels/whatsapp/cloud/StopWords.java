package dev.carillon.channels.whatsapp.cloud;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words by which a person leaves or comes back. A written word counts only when it is the whole
 * message; a quick reply also by a payload that begins with STOP or START as a word of its own
 * (STOP_987, but not STOPOVER).
 */
final class StopWords {
  private static final Set<String> USUAL =
      Set.of("STOP", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "STOPALL");
  private static final Set<String> START = Set.of("START", "UNSTOP");
  private static final Pattern STOP_PAYLOAD = Pattern.compile("STOP(ALL)?([^A-Z].*)?");
  private static final Pattern START_PAYLOAD = Pattern.compile("START([^A-Z].*)?");

  private static final StopWords USUAL_ONLY = new StopWords(USUAL);

  private final Set<String> stop;

  private StopWords(Set<String> stop) {
    this.stop = stop;
  }

  /**
   * @param more words beside the usual ones, in capitals
   */
  static StopWords with(List<String> more) {
    if (more.isEmpty()) {
      return USUAL_ONLY;
    }
    Set<String> stop = new HashSet<>(USUAL);
    stop.addAll(more);
    return new StopWords(stop);
  }

  /** The words of a list with commas between, in capitals. */
  static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(StopWords::normal)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Whether these words subscribe (true) or unsubscribe (false); empty when they do neither. */
  Optional<Boolean> wishOf(String text) {
    String word = normal(text);
    if (stop.contains(word)) {
      return Optional.of(false);
    }
    return START.contains(word) ? Optional.of(true) : Optional.empty();
  }

  /** The same for the payload of a quick reply. */
  Optional<Boolean> wishOfPayload(String payload) {
    String normal = normal(payload);
    if (stop.contains(normal) || STOP_PAYLOAD.matcher(normal).matches()) {
      return Optional.of(false);
    }
    return START.contains(normal) || START_PAYLOAD.matcher(normal).matches()
        ? Optional.of(true)
        : Optional.empty();
  }

  private static String normal(String text) {
    return text.strip().toUpperCase(Locale.ROOT);
  }
}
