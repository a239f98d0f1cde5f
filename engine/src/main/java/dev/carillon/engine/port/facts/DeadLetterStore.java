package dev.carillon.engine.port.facts;

import dev.carillon.engine.port.Settling;
import dev.carillon.engine.port.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries that were accepted and could not be applied, such as a record whose user key belongs to
 * another identity. Each is kept as it came, with the reason, until it is applied after all.
 * Thread-safe.
 */
public interface DeadLetterStore extends Settling {

  /** How many there are; somebody must look at them. */
  long deadLetters();

  /**
   * Dead letters in the order of their ids.
   *
   * @param after only those with a greater id; 0 to begin
   * @param limit the most to return, 1 or more
   * @throws StoreUnavailableException when they cannot be read
   */
  List<DeadLetter> deadLetters(long after, int limit);

  /**
   * Applies all dead letters again, each at most once whatever happens meanwhile. Returns when all
   * have been tried.
   *
   * @throws StoreUnavailableException when the store cannot do so now; those that were not tried
   *     stay
   */
  RetryResult retryDeadLetters();

  /**
   * An entry that could not be applied.
   *
   * @param id unique and growing; the same when it could not be applied again
   * @param kind what it is: profile, event, link, fact, callback, status, message, consent, alias,
   *     addressChange, erasure
   * @param receivedAt when it came; null where the entry does not say
   * @param reason why it could not be applied, without anybody's data
   */
  record DeadLetter(long id, String kind, @Nullable Instant receivedAt, String reason) {}

  /**
   * What came of trying again.
   *
   * @param applied how many dead letters are applied now
   * @param cameBack how many could not be applied again and stay
   */
  record RetryResult(long applied, long cameBack) {}
}
