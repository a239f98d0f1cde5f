package dev.carillon.engine.port.audience;

import java.time.Instant;
import java.time.ZoneId;

/**
 * When and where a rule is evaluated.
 *
 * @param at the moment that relative periods count back from
 * @param zone the account's zone, for days
 */
public record Evaluation(Instant at, ZoneId zone) {}
