package dev.carillon.core.user;

import java.time.Instant;

/**
 * Two identities that name one user. What was known of {@code from} becomes part of {@code to}; the
 * first link of an identity stays.
 *
 * @param from the identity given up, mostly an anonymous one
 * @param to the identity kept
 * @param receivedAt when Carillon learned of it
 */
public record IdentityLink(Identity from, Identity to, Instant receivedAt) {}
