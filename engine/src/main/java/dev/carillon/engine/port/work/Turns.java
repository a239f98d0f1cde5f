package dev.carillon.engine.port.work;

import java.time.Instant;

/**
 * Turns that were given.
 *
 * @param given as many as were wanted, or fewer, or none
 * @param moreAt when there may be more
 */
public record Turns(int given, Instant moreAt) {}
