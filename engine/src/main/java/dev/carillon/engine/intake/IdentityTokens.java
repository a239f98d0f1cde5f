package dev.carillon.engine.intake;

import java.time.Instant;

/** Judges the tokens by which a person's app shows who the person is. Thread-safe. */
@FunctionalInterface
public interface IdentityTokens {

  /**
   * Whether the app's server has said lately that the bearer of the token is this person.
   *
   * @param token a JSON Web Token as it came, valid or not
   * @param identity the business's own id of the person
   */
  boolean prove(String token, String identity, Instant now);
}
