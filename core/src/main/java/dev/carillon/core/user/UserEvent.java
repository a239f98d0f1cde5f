package dev.carillon.core.user;

import java.time.Instant;

/**
 * Something that a user did.
 *
 * @param identity who did it
 * @param userKey the identity's key
 * @param name the event's name
 * @param properties a JSON object: property name to value
 * @param eventId the event's id: from the source's message id where it gives one, else from the
 *     content, so that a repeated upload is one event
 * @param at when it happened
 * @param receivedAt when Carillon learned of it
 * @param trusted whether a key that is secret brought it; false for keys of apps and pages
 */
public record UserEvent(
    Identity identity,
    long userKey,
    String name,
    String properties,
    long eventId,
    Instant at,
    Instant receivedAt,
    boolean trusted) {

  /** An event from a trusted source. */
  public UserEvent(
      Identity identity,
      long userKey,
      String name,
      String properties,
      long eventId,
      Instant at,
      Instant receivedAt) {
    this(identity, userKey, name, properties, eventId, at, receivedAt, true);
  }
}
