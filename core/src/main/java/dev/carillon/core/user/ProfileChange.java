package dev.carillon.core.user;

import java.time.Instant;

/**
 * What a source says of a user. For each property the latest by event time wins, so changes may
 * come in any order; of several at one time, the later record of a body, and the body that arrived
 * later.
 *
 * @param identity who it is about
 * @param userKey the identity's key
 * @param properties a JSON object: property name to value; null removes the property; an object
 *     with one of $add, $remove, $delete, $incr, $decr changes it
 * @param at when the source says it was so
 * @param receivedAt when Carillon learned of it
 * @param place where the source said it
 * @param trusted whether a key that is secret brought it; false for keys of apps and pages
 */
public record ProfileChange(
    Identity identity,
    long userKey,
    String properties,
    Instant at,
    Instant receivedAt,
    BodyPlace place,
    boolean trusted) {

  /** A change from a trusted source whose place is not known. */
  public ProfileChange(
      Identity identity, long userKey, String properties, Instant at, Instant receivedAt) {
    this(identity, userKey, properties, at, receivedAt, BodyPlace.UNKNOWN, true);
  }

  /** The same change, said at that place. */
  public ProfileChange saidAt(BodyPlace said) {
    return new ProfileChange(identity, userKey, properties, at, receivedAt, said, trusted);
  }

  /** The same change with other properties. */
  public ProfileChange with(String others) {
    return new ProfileChange(identity, userKey, others, at, receivedAt, place, trusted);
  }
}
