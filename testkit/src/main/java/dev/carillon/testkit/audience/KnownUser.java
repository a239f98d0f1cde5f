package dev.carillon.testkit.audience;

import java.time.Instant;
import java.util.List;

/**
 * A user as rules see him.
 *
 * @param userKey the user's key
 * @param properties a JSON object
 * @param events what he did
 */
public record KnownUser(long userKey, String properties, List<Event> events) {
  public KnownUser {
    events = List.copyOf(events);
  }

  /**
   * Something that a user did.
   *
   * @param properties a JSON object
   */
  public record Event(String name, Instant at, String properties) {}
}
