package dev.carillon.simulator.people;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of one message at one person. All durations count from the send, and are absent
 * where it never happens.
 *
 * @param delivered when the phone gets it
 * @param read when the person reads it, never before it is delivered
 * @param readReported whether the provider hears of the reading
 * @param capped whether the provider withholds the message from this person
 * @param answers what the person sends back
 * @param purchases what the person buys because of it
 */
public record Reaction(
    Optional<Duration> delivered,
    Optional<Duration> read,
    boolean readReported,
    boolean capped,
    List<Answer> answers,
    List<PromptedPurchase> purchases) {

  /** How a person asks for no more messages, if at all. */
  public enum Stop {
    NO,
    BY_MESSAGE,
    BY_PREFERENCE
  }

  /**
   * Something sent back.
   *
   * @param after how long after the send
   * @param text the words; those of the button where {@code button} is zero or more
   * @param button index of the quick-reply button that was pressed; -1 for typed text
   * @param inContext whether it says which message it replies to
   * @param stop whether and how it asks to stop; {@link Stop#BY_PREFERENCE} sends no words at all
   */
  public record Answer(Duration after, String text, int button, boolean inContext, Stop stop) {}

  /** A purchase that the message led to, {@code after} the send. */
  public record PromptedPurchase(Duration after, double amount, List<Purchase.Item> items) {}
}
