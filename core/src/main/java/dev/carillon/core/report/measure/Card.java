package dev.carillon.core.report.measure;

import org.jspecify.annotations.Nullable;

/**
 * A card of a channel's statistics: a number and, where there is one, its rate.
 *
 * @param measure the number
 * @param title its name on this channel
 * @param rate the rate shown beside it; null without
 */
public record Card(Measure measure, String title, @Nullable Rate rate) {

  /** What the number is, in a sentence, for pages and the glossary. */
  public String meaning() {
    String meaning = "The number of " + measure.meaning() + ".";
    return switch (measure.unit()) {
      case MESSAGES, USERS -> meaning;
      case EVENTS -> meaning + " Counted uniquely: messages with at least one.";
    };
  }

  /**
   * A percentage of one number in another.
   *
   * @param key the name in JSON
   * @param title the name on pages
   * @param of the number
   * @param per what it is a percentage of
   */
  public record Rate(String key, String title, Measure of, Measure per) {
    /** The key of the click-through rate, which channels define each in their way. */
    public static final String CTR = "ctr";

    /** How it is computed, for pages and the glossary. */
    public String formula() {
      return "%s / %s × 100".formatted(quantity(of), quantity(per));
    }

    private String quantity(Measure measure) {
      return ofUsers() ? "users(" + measure.title() + ")" : measure.title();
    }

    /** Whether people are compared, not messages. */
    public boolean ofUsers() {
      return of.unit() == Measure.Unit.USERS;
    }

    /** The rate in percent; null when the denominator is zero. */
    public static @Nullable Double percent(long of, long per) {
      return per == 0 ? null : 100.0 * of / per;
    }
  }
}
