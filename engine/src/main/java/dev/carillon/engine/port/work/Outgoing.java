package dev.carillon.engine.port.work;

import dev.carillon.core.user.Identity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A planned message on its way.
 *
 * @param seq the message's number
 * @param address the user's address on the channel: E.164 digits without plus for phones
 * @param control whether its user is held out
 * @param variant number of its variant, from 0
 * @param identity how the user is known
 * @param properties the user's properties at this moment, a JSON object
 * @param state how far it has come
 * @param tries how many tries were begun
 * @param notBefore when it may first be sent; null when that is the run's own time
 * @param zone the user's zone as the profile names it at this moment; null when it does not
 */
public record Outgoing(
    int seq,
    String address,
    boolean control,
    int variant,
    Identity identity,
    String properties,
    SendState state,
    int tries,
    @Nullable Instant notBefore,
    @Nullable String zone) {}
