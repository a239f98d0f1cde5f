package dev.carillon.engine.port.audience;

import dev.carillon.core.channel.Channel;
import java.util.Map;

/**
 * How many people a rule reaches.
 *
 * @param total users that it matches
 * @param reachable those with a usable address, not unsubscribed, by channel
 */
public record Reach(long total, Map<Channel, Long> reachable) {}
