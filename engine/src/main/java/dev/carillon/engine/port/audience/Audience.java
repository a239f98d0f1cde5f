package dev.carillon.engine.port.audience;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.channel.Channel;

/**
 * Whom a run is for.
 *
 * @param channel the channel, which settles the address
 * @param who selects the users
 * @param evaluation when and where it is evaluated
 */
public record Audience(Channel channel, Rule who, Evaluation evaluation) {}
