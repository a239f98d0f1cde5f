package dev.carillon.engine.port.audience;

import dev.carillon.core.audience.CustomList.MatchBy;
import java.time.Instant;

/**
 * A list to keep.
 *
 * @param matchBy what rows name users by
 * @param by who brings it in
 */
public record ListOrder(String name, MatchBy matchBy, String by, Instant at) {}
