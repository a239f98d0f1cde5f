package dev.carillon.engine.campaign;

/**
 * One thing that keeps a campaign from being launched.
 *
 * @param pointer JSON pointer to the member of the campaign that it is about
 * @param code a stable word
 * @param words what is wrong and what to do
 */
public record LaunchProblem(String pointer, String code, String words) {}
