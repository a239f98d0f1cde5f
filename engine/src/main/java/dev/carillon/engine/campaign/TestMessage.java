package dev.carillon.engine.campaign;

import org.jspecify.annotations.Nullable;

/**
 * A message for one person as a test.
 *
 * @param variant name of the variant that it is of; null when the campaign has one message
 * @param result what became of it
 */
public record TestMessage(@Nullable String variant, TestResult result) {}
