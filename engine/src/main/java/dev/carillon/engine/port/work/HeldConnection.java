package dev.carillon.engine.port.work;

import java.time.Instant;

/**
 * A connection that a campaign sends nothing through until somebody resumes it.
 *
 * @param connection the connection's id
 * @param reason why, for the one who must act
 * @param at since when
 */
public record HeldConnection(int campaign, int connection, String reason, Instant at) {}
