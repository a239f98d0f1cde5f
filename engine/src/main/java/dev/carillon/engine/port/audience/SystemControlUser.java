package dev.carillon.engine.port.audience;

import dev.carillon.core.user.Identity;

/** A user of the system control group. */
public record SystemControlUser(long userKey, Identity identity) {}
