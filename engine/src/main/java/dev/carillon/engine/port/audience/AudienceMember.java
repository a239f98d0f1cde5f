package dev.carillon.engine.port.audience;

import dev.carillon.core.user.Identity;
import org.jspecify.annotations.Nullable;

/**
 * One of the users that a rule matches.
 *
 * @param name the user's Name property; null without
 * @param phone the phone number; null without a valid one
 * @param properties a JSON object
 */
public record AudienceMember(
    long userKey,
    Identity identity,
    @Nullable String name,
    @Nullable String phone,
    String properties) {}
