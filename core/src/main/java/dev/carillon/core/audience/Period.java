package dev.carillon.core.audience;

import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The time in which an event counts. */
public sealed interface Period {

  /** Whenever it was. */
  record Ever() implements Period {}

  /** The time up to the moment of evaluation, this long; longer than zero. */
  record Within(Duration length) implements Period {
    public Within {
      if (length.isNegative() || length.isZero()) {
        throw new IllegalArgumentException("a period is longer than zero");
      }
    }
  }

  /** Days of the account's zone, both included; an absent end is open. */
  record Days(@Nullable LocalDate from, @Nullable LocalDate to) implements Period {}
}
