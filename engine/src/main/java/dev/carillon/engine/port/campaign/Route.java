package dev.carillon.engine.port.campaign;

import org.jspecify.annotations.Nullable;

/**
 * A connection that a run's messages may go through.
 *
 * @param connection the connection's id
 * @param platform the platform that it serves; null when it serves every address of the channel
 */
public record Route(int connection, @Nullable String platform) {}
