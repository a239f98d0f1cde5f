package dev.carillon.core.audience;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** A value that a rule compares with. Values of different types never match. */
public sealed interface Value {

  /** Text, compared without regard to case. */
  record Text(String text) implements Value {}

  record Numeric(BigDecimal number) implements Value {}

  record Truth(boolean value) implements Value {}

  /**
   * A moment, or a whole day given by its first moment in the account's zone.
   *
   * @param from first moment, included
   * @param to last moment, excluded; equal to {@code from} for a single moment
   */
  record Date(Instant from, Instant to) implements Value {}

  record Many(List<Value> values) implements Value {
    public Many {
      values = List.copyOf(values);
    }
  }

  /** No value, for operators that take none. */
  record Nothing() implements Value {}
}
