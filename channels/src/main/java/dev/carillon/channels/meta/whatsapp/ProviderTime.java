package dev.carillon.channels.meta.whatsapp;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the provider's times: Unix seconds as text or number, never later than they came. */
final class ProviderTime {

  /** WhatsApp did not exist before 2009: an earlier time is a mistake. */
  private static final long EARLIEST = Instant.parse("2009-01-01T00:00:00Z").getEpochSecond();

  private static final int MOST_DIGITS = 18;

  private ProviderTime() {}

  /** The time; what cannot be right becomes the time of receipt. */
  static Instant of(@Nullable String seconds, Instant receivedAt) {
    if (seconds == null
        || seconds.isEmpty()
        || seconds.length() > MOST_DIGITS
        || !digits(seconds)) {
      return receivedAt;
    }
    long value = Long.parseLong(seconds);
    return value < EARLIEST || value > receivedAt.getEpochSecond()
        ? receivedAt
        : Instant.ofEpochSecond(value);
  }

  private static boolean digits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
