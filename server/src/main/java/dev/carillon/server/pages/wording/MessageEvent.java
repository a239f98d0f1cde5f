package dev.carillon.server.pages.wording;

import java.time.Instant;

/**
 * Something that became known of a message.
 *
 * @param key its colour
 * @param words what happened, in plain words
 * @param detail more of it; empty without
 */
public record MessageEvent(
    Instant at, Instant receivedAt, String key, String words, String detail) {}
