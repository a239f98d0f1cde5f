package dev.carillon.engine.port.audience;

import dev.carillon.core.user.Endpoints;
import dev.carillon.core.user.Identity;
import org.jspecify.annotations.Nullable;

/**
 * One of the users that a rule matches.
 *
 * @param name the user's Name property; null without
 * @param endpoints the addresses that the profile gives and gave; devices are not among them
 * @param properties a JSON object
 */
public record AudienceMember(
    long userKey,
    Identity identity,
    @Nullable String name,
    Endpoints endpoints,
    String properties) {}
