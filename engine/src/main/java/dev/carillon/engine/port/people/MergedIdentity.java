package dev.carillon.engine.port.people;

import dev.carillon.core.user.Identity;
import java.time.Instant;

/**
 * An identity that became part of another user.
 *
 * @param since when Carillon learned of it
 */
public record MergedIdentity(Identity identity, Instant since) {}
