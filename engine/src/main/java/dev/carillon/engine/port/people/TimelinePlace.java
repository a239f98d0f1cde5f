package dev.carillon.engine.port.people;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A place in the order of all entries.
 *
 * @param source distinguishes what is numbered separately
 * @param id the number
 */
public record TimelinePlace(Instant at, int source, long id) {

  /** The place as one word, for an address. */
  public String word() {
    return at + "_" + source + "_" + id;
  }

  /** The reverse of {@link #word()}; empty when the word is no place. */
  public static Optional<TimelinePlace> ofWord(String word) {
    String[] parts = word.split("_", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new TimelinePlace(
              Instant.parse(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2])));
    } catch (DateTimeException | NumberFormatException notAPlace) {
      return Optional.empty();
    }
  }
}
