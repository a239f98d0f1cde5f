package dev.carillon.engine.port.campaign;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who changes a definition.
 *
 * @param by login or API key name
 * @param startsAt when it starts next; null keeps what was noted before
 */
public record DefinitionChange(String by, Instant at, @Nullable Instant startsAt) {}
