package dev.carillon.engine.port.facts;

/**
 * What came of trying again.
 *
 * @param applied how many dead letters are applied now
 * @param cameBack how many could not be applied again and stay
 */
public record RetryResult(long applied, long cameBack) {}
