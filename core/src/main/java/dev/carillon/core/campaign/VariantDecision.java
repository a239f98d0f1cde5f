package dev.carillon.core.campaign;

import java.time.Instant;

/**
 * Which variant the rest of a run gets after its test.
 *
 * @param campaign the campaign's id
 * @param run the run's number, from 1
 * @param variant the variant's number, from 0
 * @param won whether it was better than all others beyond chance; false: it is the fallback
 * @param at when it was decided
 * @param words what the test showed, in a sentence or two
 */
public record VariantDecision(
    int campaign, int run, int variant, boolean won, Instant at, String words) {}
