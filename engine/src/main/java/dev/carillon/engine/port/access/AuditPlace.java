package dev.carillon.engine.port.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry's place in the order of the audit log.
 *
 * @param id distinguishes what happened at one moment
 */
public record AuditPlace(Instant at, int id) {

  /** The place as one word, for an address. */
  public String word() {
    return at + "_" + id;
  }

  /** The reverse of {@link #word()}; empty when the word is no place. */
  public static Optional<AuditPlace> ofWord(String word) {
    int end = Math.max(word.lastIndexOf('_'), 0);
    try {
      Instant at = Instant.parse(word.substring(0, end));
      int id = Integer.parseInt(word.substring(end + 1));
      return AuditQuery.possible(at) ? Optional.of(new AuditPlace(at, id)) : Optional.empty();
    } catch (DateTimeException | NumberFormatException notAPlace) {
      return Optional.empty();
    }
  }
}
