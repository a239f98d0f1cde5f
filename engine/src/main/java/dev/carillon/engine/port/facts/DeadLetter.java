package dev.carillon.engine.port.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry that could not be applied.
 *
 * @param id unique and growing; the same when it could not be applied again
 * @param kind what it is: profile, event, link, fact, callback, status, message, consent, alias,
 *     addressChange, erasure
 * @param receivedAt when it came; null where the entry does not say
 * @param reason why it could not be applied, without anybody's data
 */
public record DeadLetter(long id, String kind, @Nullable Instant receivedAt, String reason) {}
