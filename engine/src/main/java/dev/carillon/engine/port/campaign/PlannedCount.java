package dev.carillon.engine.port.campaign;

/**
 * How many messages a run has, which both databases keep.
 *
 * @param firstSeq the number of its first message
 * @param count how many messages follow from there
 */
public record PlannedCount(int campaign, int run, int firstSeq, int count) {}
