package dev.carillon.server.access.login;

import org.jspecify.annotations.Nullable;

/**
 * What the login page shows.
 *
 * @param csrfParameter name of the hidden field
 * @param csrfToken its value
 * @param problem what went wrong, in words; null when nothing did
 * @param notice what else to say, in words; null for nothing
 */
public record LoginModel(
    String csrfParameter, String csrfToken, @Nullable String problem, @Nullable String notice) {}
