package dev.carillon.core.report.figure;

import dev.carillon.core.report.measure.Measure;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers by {@link Measure}, in its order. A measure that is missing is one that the channel does
 * not have.
 *
 * <p>Those of a report always obey {@code planned = control + suppressed + dispatchErrors +
 * uncertain + pending + sent} and, with receipts, {@code sent = delivered + deliveryErrors +
 * unknown}.
 */
public record Counts(Map<Measure, Long> numbers) {
  public Counts {
    EnumMap<Measure, Long> copy = new EnumMap<>(Measure.class);
    copy.putAll(numbers);
    numbers = Collections.unmodifiableMap(copy);
  }

  /** The number of a measure; null when the channel does not have it. */
  public @Nullable Long of(Measure measure) {
    return numbers.get(measure);
  }

  private long orZero(Measure measure) {
    return numbers.getOrDefault(measure, 0L);
  }

  public long planned() {
    return orZero(Measure.PLANNED);
  }

  public long control() {
    return orZero(Measure.CONTROL);
  }

  public long pending() {
    return orZero(Measure.PENDING);
  }

  public long sent() {
    return orZero(Measure.SENT);
  }

  /** Messages that came to nothing: suppressed, refused, or failed after they were sent. */
  public long errors() {
    return orZero(Measure.SUPPRESSED)
        + orZero(Measure.DISPATCH_ERRORS)
        + orZero(Measure.DELIVERY_ERRORS);
  }

  /**
   * How much of what is to be sent was tried, in whole percent from 0 to 100: (toSend - pending) /
   * toSend × 100, toSend = planned - control - suppressed.
   */
  public int percentTried() {
    long toSend = planned() - control() - orZero(Measure.SUPPRESSED);
    if (toSend == 0) {
      return planned() == 0 ? 0 : 100;
    }
    return (int) (100 * (toSend - pending()) / toSend);
  }

  /**
   * These and those of other messages together. What only one of both has is taken from that one,
   * so the first identity always holds for the sum, and the second where both have receipts or
   * neither has. Who is counted in both is counted twice.
   */
  public Counts plus(Counts other) {
    Map<Measure, Long> sums = new EnumMap<>(Measure.class);
    sums.putAll(numbers);
    other.numbers.forEach((measure, number) -> sums.merge(measure, number, Long::sum));
    return new Counts(sums);
  }
}
