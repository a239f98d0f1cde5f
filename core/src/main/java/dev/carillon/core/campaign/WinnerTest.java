package dev.carillon.core.campaign;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How the variant that the rest of a run gets is found: part of the run's users are sent one of the
 * variants each, in equal parts, and after a while the metric decides.
 *
 * @param size how many users are in the test
 * @param metric what the better variant brings about more often
 * @param decideAfter from the planning of the run to the decision; longer than zero
 * @param fallback number of the variant that the rest gets when none is better beyond chance
 */
public record WinnerTest(Size size, Metric metric, Duration decideAfter, int fallback) {
  public WinnerTest {
    if (decideAfter.isNegative() || decideAfter.isZero()) {
      throw new IllegalArgumentException("a test takes time");
    }
    if (fallback < 0) {
      throw new IllegalArgumentException("variants are numbered from 0");
    }
  }

  /** How many users are in the test. */
  public sealed interface Size {}

  /**
   * A share of the run's users.
   *
   * @param percent 1 to 99
   */
  public record Percent(int percent) implements Size {
    public Percent {
      if (percent < 1 || percent > 99) {
        throw new IllegalArgumentException("a test takes 1 to 99 percent");
      }
    }
  }

  /**
   * So many messages of the target, all variants together; fewer when the run has fewer.
   *
   * @param messages 1 or more
   */
  public record Messages(int messages) implements Size {
    public Messages {
      if (messages < 1) {
        throw new IllegalArgumentException("a test takes a message at least");
      }
    }
  }

  /** What is counted, of the messages sent. */
  public enum Metric {
    CLICKS,
    VIEWS,
    REPLIES,
    CONVERSIONS;

    /** The name in JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Metric> ofKey(String key) {
      return Arrays.stream(values()).filter(metric -> metric.key().equals(key)).findFirst();
    }
  }
}
