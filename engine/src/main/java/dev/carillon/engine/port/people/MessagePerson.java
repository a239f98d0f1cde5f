package dev.carillon.engine.port.people;

import dev.carillon.core.user.Identity;
import org.jspecify.annotations.Nullable;

/**
 * One of the people behind a number.
 *
 * @param identity how the user is known; null when he was deleted
 * @param address the address; null when the user has none
 * @param name the user's Name property; null without
 */
public record MessagePerson(
    int seq,
    @Nullable Identity identity,
    @Nullable String name,
    @Nullable String address,
    int run) {}
