package dev.carillon.simulator.meta;

import dev.carillon.simulator.wire.WireAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a script has happen to a send instead of the usual. */
public sealed interface Outcome {

  /**
   * The send is refused with an error of Meta's.
   *
   * @param httpStatus instead of the usual one of the code; 200 for an error in a success answer
   */
  record Refused(int code, @Nullable Integer httpStatus, @Nullable String details)
      implements Outcome {}

  /**
   * The answer is not what it should be.
   *
   * @param accepted whether the message is sent all the same, so that the sender cannot know
   */
  record Spoilt(boolean accepted, WireAnswer answer) implements Outcome {}

  /** Accepted as usual, answered after a pause of wall time. */
  record Slow(Duration pause) implements Outcome {}

  /**
   * Accepted, and failed by a callback.
   *
   * @param afterSent whether a {@code sent} comes before
   */
  record FailedLater(int code, Duration after, boolean afterSent) implements Outcome {}

  /** Accepted, and the {@code sent} callback is delivered before the answer. */
  record CallbackFirst() implements Outcome {}

  /** Accepted, and never heard of again. */
  record Silent() implements Outcome {}
}
