package dev.carillon.simulator.received;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that a provider accepted.
 *
 * @param provider whose API it came to, like {@code whatsapp}
 * @param id that the provider gave it
 * @param to the recipient's number, digits
 * @param opaque the sender's own reference, where one came along
 * @param template the template's name; null for free text
 * @param parameters what fills the template, in order; the text itself for free text
 * @param at when, in simulated time
 */
public record ReceivedMessage(
    String provider,
    String id,
    String to,
    @Nullable String opaque,
    @Nullable String template,
    List<String> parameters,
    Instant at) {}
