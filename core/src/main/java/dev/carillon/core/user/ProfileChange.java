package dev.carillon.core.user;

import java.time.Instant;

/**
 * What a source says of a user. For each property the latest by event time wins, so changes may
 * come in any order.
 *
 * @param identity who it is about
 * @param userKey the identity's key
 * @param properties a JSON object: property name to value; null removes the property; an object
 *     with one of $add, $remove, $delete, $incr, $decr changes it
 * @param at when the source says it was so
 * @param receivedAt when Carillon learned of it
 */
public record ProfileChange(
    Identity identity, long userKey, String properties, Instant at, Instant receivedAt) {}
