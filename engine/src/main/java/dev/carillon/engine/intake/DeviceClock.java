package dev.carillon.engine.intake;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Puts right what a device's clock says: {@code sentAt} is the same clock at the moment of sending,
 * so what it is off by is known. A difference that a slow connection explains is no error, and a
 * correction is of whole seconds, so that a message that is sent again keeps its time.
 */
public final class DeviceClock {
  private static final Duration EXPLAINED = Duration.ofSeconds(30);

  private final Instant receivedAt;

  public DeviceClock(Instant receivedAt) {
    this.receivedAt = receivedAt;
  }

  /**
   * When something happened.
   *
   * @param said by the device's clock
   * @param sentAt when it was sent, by the same clock; null when the source does not say
   */
  public Instant corrected(Instant said, @Nullable Instant sentAt) {
    if (sentAt == null) {
      return said;
    }
    Duration off = Duration.between(sentAt, receivedAt);
    if (off.abs().compareTo(EXPLAINED) < 0) {
      return said;
    }
    Instant corrected = said.plusSeconds(Math.round(off.toMillis() / 1_000.0));
    return !said.isAfter(sentAt) && corrected.isAfter(receivedAt) ? receivedAt : corrected;
  }
}
