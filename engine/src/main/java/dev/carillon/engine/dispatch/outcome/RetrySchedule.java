package dev.carillon.engine.dispatch.outcome;

import dev.carillon.core.message.ErrorClass;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.SendResult;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long a message that was not taken waits for its next try, and when there is none. */
public final class RetrySchedule {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);
  private static final int TRIES = 10;
  private static final int TRIES_AT_LIMIT = 25;
  private static final int TRIES_OF_ONE_PERSON = 6;

  private final RandomGenerator random;

  public RetrySchedule(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The pause before the next try; empty when there is to be none.
   *
   * @param failed the answer to the try
   * @param tries how many tries there were, this one included
   */
  Optional<Duration> pause(SendResult.Failed failed, int tries) {
    ErrorMeaning meaning = failed.meaning();
    int allowed =
        switch (meaning.reaction()) {
          case RETRY -> meaning.errorClass() == ErrorClass.RATE ? TRIES_AT_LIMIT : TRIES;
          case RETRY_SLOWLY -> TRIES_OF_ONE_PERSON;
          case RETRY_ONCE -> 2;
          case GIVE_UP, GIVE_UP_AND_PAUSE, PAUSE, UNSUBSCRIBE, DEACTIVATE -> 0;
        };
    if (tries >= allowed) {
      return Optional.empty();
    }
    Duration own =
        meaning.reaction() == ErrorMeaning.Reaction.RETRY_SLOWLY
            ? Duration.ofSeconds(1L << (2 * Math.min(tries, 8)))
            : growing(tries);
    Duration asked = failed.retryAfter() == null ? Duration.ZERO : failed.retryAfter();
    Duration least = shorter(asked, LONGEST_ASKED);
    return Optional.of(jittered(own.compareTo(least) < 0 ? least : own));
  }

  /**
   * The pause before a send of unknown outcome is repeated; only for a provider where that is
   * harmless.
   *
   * @param tries how many tries there were, this one included
   */
  Optional<Duration> pauseBeforeRepeat(int tries) {
    return mayRepeat(tries) ? Optional.of(jittered(growing(tries))) : Optional.empty();
  }

  /** Whether a message of which so many tries were begun may be sent again, its fate unknown. */
  public static boolean mayRepeat(int tries) {
    return tries < TRIES;
  }

  private static Duration growing(int tries) {
    return shorter(Duration.ofSeconds(1L << Math.min(tries - 1, 16)), LONGEST);
  }

  /** Up to a quarter longer, never shorter, so that messages of one batch do not come together. */
  private Duration jittered(Duration pause) {
    return pause.plusMillis((long) (pause.toMillis() * random.nextDouble() / 4));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
