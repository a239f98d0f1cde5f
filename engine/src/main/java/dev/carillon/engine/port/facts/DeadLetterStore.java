package dev.carillon.engine.port.facts;

import dev.carillon.engine.port.Settling;
import dev.carillon.engine.port.StoreUnavailableException;
import java.util.List;

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
}
