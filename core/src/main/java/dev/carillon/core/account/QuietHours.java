package dev.carillon.core.account;

import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;

/**
 * The hours of each day in which no one is to be disturbed. They may go over midnight.
 *
 * @param from the first quiet moment
 * @param to the first moment that is not quiet any more; another than {@code from}
 * @param then what becomes of a message whose turn comes in between
 */
public record QuietHours(LocalTime from, LocalTime to, Then then) {
  public QuietHours {
    if (from.equals(to)) {
      throw new IllegalArgumentException("quiet hours that end when they begin");
    }
  }

  /** Whether a local time is quiet. */
  public boolean holds(LocalTime time) {
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !time.isBefore(from) || time.isBefore(to);
  }

  /** What becomes of a message whose turn comes in quiet hours. */
  public enum Then {
    /** It waits for their end. */
    DELAY,
    /** It is suppressed. */
    DISCARD;

    /** The name in JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one with this key; empty when there is none. */
    public static Optional<Then> ofKey(String key) {
      for (Then then : values()) {
        if (then.key().equals(key)) {
          return Optional.of(then);
        }
      }
      return Optional.empty();
    }
  }
}
