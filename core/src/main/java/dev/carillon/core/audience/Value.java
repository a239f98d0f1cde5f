package dev.carillon.core.audience;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that a rule compares with. Values of different types never match. */
public sealed interface Value {

  /** Text. Two texts are the same when they are after lower-casing each code point by itself. */
  record Text(String text) implements Value {}

  /** A number, compared as an IEEE 754 double. */
  record Numeric(BigDecimal number) implements Value {}

  /** A boolean. */
  record Truth(boolean value) implements Value {}

  /**
   * A date: a whole day, or a moment. How the account's zone reads it is settled when the rule is
   * evaluated, so a rule keeps its meaning when it is stored.
   */
  sealed interface Date extends Value {}

  /** A whole day of the account's zone. */
  record Day(LocalDate day) implements Date {}

  /**
   * A moment.
   *
   * @param time the local time, in whole microseconds
   * @param offset its offset from UTC; null: local in the account's zone
   */
  record Moment(LocalDateTime time, @Nullable ZoneOffset offset) implements Date {
    public Moment {
      time = time.truncatedTo(ChronoUnit.MICROS);
    }

    /** The moment, with a local time read in the account's zone. */
    public Instant instant(ZoneId account) {
      return offset == null ? time.atZone(account).toInstant() : time.toInstant(offset);
    }
  }

  /** Several values, each of its own type. */
  record Many(List<Value> values) implements Value {
    public Many {
      values = List.copyOf(values);
    }
  }

  /** No value, for operators that take none. */
  record Nothing() implements Value {}
}
