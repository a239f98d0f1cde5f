package dev.carillon.engine.port.account;

import java.util.UUID;

/**
 * What the metadata knows of the installation that it belongs to.
 *
 * @param id made at the first start
 * @param start the number of the last start that both databases know of; 0 before the first
 * @param starting whether the facts may already bear the number of the next start
 * @param factsEnd how many entries the facts held at least
 */
public record Installation(UUID id, long start, boolean starting, long factsEnd) {

  /** The same, as it is while the next start is noted in the facts. */
  public Installation beginning() {
    return new Installation(id, start, true, factsEnd);
  }

  /** The same once the next start is noted in both. */
  public Installation begun() {
    return new Installation(id, start + 1, false, factsEnd);
  }

  /** The same when the facts hold at least so many entries. */
  public Installation withFactsEnd(long end) {
    return new Installation(id, start, starting, Math.max(factsEnd, end));
  }
}
