package dev.carillon.core.user;

import java.time.Instant;

/**
 * Two identities that name one user. What was known of {@code from} becomes part of {@code to}; the
 * first link of an identity stays.
 *
 * @param from the identity given up, mostly an anonymous one
 * @param to the identity kept
 * @param receivedAt when Carillon learned of it
 * @param trusted whether a key that is secret brought it; false for keys of apps and pages
 */
public record IdentityLink(Identity from, Identity to, Instant receivedAt, boolean trusted) {

  /** A link from a trusted source. */
  public IdentityLink(Identity from, Identity to, Instant receivedAt) {
    this(from, to, receivedAt, true);
  }
}
