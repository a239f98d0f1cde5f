package dev.carillon.core.campaign;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** When a campaign goes out. */
public sealed interface When {

  /** As soon as it is launched. */
  record Now() implements When {}

  /**
   * At one moment.
   *
   * @param time the local time
   * @param offset its offset from UTC; null: local in the account's zone
   */
  record At(LocalDateTime time, @Nullable ZoneOffset offset) implements When {
    /** The moment, with a local time read in the account's zone. */
    public Instant instant(ZoneId account) {
      return offset == null ? time.atZone(account).toInstant() : time.toInstant(offset);
    }
  }
}
