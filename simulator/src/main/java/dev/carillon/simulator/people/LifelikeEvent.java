package dev.carillon.simulator.people;

import java.time.Instant;
import java.util.Map;

/**
 * Something that a user did.
 *
 * @param identity of the user
 * @param name of the event, like {@code Product Viewed}
 * @param at when, to the second
 * @param properties strings, numbers, booleans, and for {@code Charged} a list of item maps under
 *     {@code Items}
 */
public record LifelikeEvent(
    String identity, String name, Instant at, Map<String, Object> properties) {}
