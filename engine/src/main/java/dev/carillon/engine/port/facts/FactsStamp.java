package dev.carillon.engine.port.facts;

import java.util.UUID;

/**
 * What the facts know of the installation that they belong to.
 *
 * @param installation its id
 * @param start the number of the last start
 */
public record FactsStamp(UUID installation, long start) {}
