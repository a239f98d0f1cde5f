package dev.carillon.engine.port.audience;

import org.jspecify.annotations.Nullable;

/**
 * A name or value that occurs.
 *
 * @param type text, number, boolean, date or list: what is seen most; null for events
 * @param count about how many users or events have it
 */
public record Suggestion(String text, @Nullable String type, long count) {}
