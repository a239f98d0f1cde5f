package dev.carillon.engine.consent;

import dev.carillon.engine.provider.CallbackAnswer.Item.Incoming;
import dev.carillon.engine.provider.Connection;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words by which people leave and come back, the same on every channel. A word counts only when
 * it is the whole message, so that "please stop by tomorrow" is no opt-out. Case, the width of
 * letters, invisible characters, and punctuation and emoji around the word do not matter. Captions
 * and names of places are never read.
 */
public final class OptOutWords {
  /** Name of the setting that holds a connection's own words, with commas between them. */
  public static final String SETTING = "stopWords";

  private static final Set<String> STOP =
      Set.of(
          "stop",
          "stopall",
          "stop all",
          "stop promotions", // the label of WhatsApp's own button
          "unsubscribe",
          "cancel",
          "end",
          "quit",
          "revoke",
          "optout",
          "opt-out",
          "opt out");
  private static final Set<String> START =
      Set.of("start", "unstop", "subscribe", "optin", "opt-in", "opt in");

  /** Payloads of buttons that begin with the word: STOP_987, but not STOPOVER. */
  private static final Pattern STOP_PAYLOAD = Pattern.compile("stop(all)?([^a-z].*)?");

  private static final Pattern START_PAYLOAD = Pattern.compile("start([^a-z].*)?");

  /** Format characters such as direction marks, and variation selectors. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cf}\\x{fe00}-\\x{fe0f}\\x{e0100}-\\x{e01ef}]");

  private static final Pattern AROUND =
      Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}\\p{Mn}\\p{Mc}]+$");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final int LONGEST = 200;

  private final Set<String> stop;

  private OptOutWords(Set<String> stop) {
    this.stop = stop;
  }

  /** The usual words and those of the connection's settings. */
  public static OptOutWords of(Connection connection) {
    Set<String> own = own(connection.text(SETTING).orElse(""));
    if (own.isEmpty()) {
      return new OptOutWords(STOP);
    }
    own.addAll(STOP);
    return new OptOutWords(own);
  }

  /** The first word of a setting that no message can match; empty when all can be matched. */
  public static Optional<String> unusable(String setting) {
    return words(setting).stream().filter(word -> normal(word).isEmpty()).findFirst();
  }

  private static Set<String> own(String setting) {
    Set<String> own = new HashSet<>();
    words(setting).stream().map(OptOutWords::normal).filter(w -> !w.isEmpty()).forEach(own::add);
    return own;
  }

  private static List<String> words(String setting) {
    return Arrays.stream(setting.split(",", -1)).filter(word -> !word.isBlank()).toList();
  }

  /**
   * Whether the person wants messages from now on.
   *
   * @return empty when the message says nothing of it
   */
  public Optional<Boolean> wish(Incoming message) {
    return switch (message.act()) {
      case Incoming.Wrote _ -> wish(message.text());
      case Incoming.Pressed(String payload) -> {
        Optional<Boolean> behind = payload(payload);
        yield behind.isPresent() ? behind : wish(message.text());
      }
      case Incoming.Shared _, Incoming.Happened _ -> Optional.empty();
    };
  }

  private Optional<Boolean> wish(@Nullable String text) {
    return text == null || text.length() > LONGEST ? Optional.empty() : wishOf(normal(text));
  }

  private Optional<Boolean> wishOf(String word) {
    if (stop.contains(word)) {
      return Optional.of(false);
    }
    return START.contains(word) ? Optional.of(true) : Optional.empty();
  }

  private Optional<Boolean> payload(@Nullable String payload) {
    if (payload == null || payload.length() > LONGEST) {
      return Optional.empty();
    }
    String word = normal(payload);
    Optional<Boolean> wish = wishOf(word);
    if (wish.isPresent()) {
      return wish;
    }
    if (STOP_PAYLOAD.matcher(word).matches()) {
      return Optional.of(false);
    }
    return START_PAYLOAD.matcher(word).matches() ? Optional.of(true) : Optional.empty();
  }

  private static String normal(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    String visible = INVISIBLE.matcher(plain).replaceAll("");
    String word = AROUND.matcher(visible).replaceAll("");
    return SPACE.matcher(word).replaceAll(" ").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
