package dev.carillon.engine.port.people;

import dev.carillon.core.channel.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was said of messages on one channel.
 *
 * @param subscribed whether messages may be sent
 * @param said who said so last
 * @param since since when it is so; null when nothing was said
 */
public record ChannelConsent(
    Channel channel, boolean subscribed, ConsentSource said, @Nullable Instant since) {}
