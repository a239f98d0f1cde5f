package dev.carillon.engine.port.audience;

import dev.carillon.core.Channel;
import dev.carillon.core.audience.Rule;

/**
 * Whom a run is for.
 *
 * @param channel the channel, which settles the address
 * @param who selects the users
 * @param evaluation when and where it is evaluated
 */
public record Audience(Channel channel, Rule who, Evaluation evaluation) {}
