package dev.carillon.engine.callback;

/**
 * What to answer a provider.
 *
 * @param status HTTP status
 * @param text plain text; empty for none
 */
public record CallbackReply(int status, String text) {}
