package dev.carillon.engine.port.audience;

import dev.carillon.core.user.Identity;

/** A user who was held out of a run. */
public record ControlUser(int seq, int run, long userKey, Identity identity) {}
