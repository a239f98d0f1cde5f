package dev.carillon.engine.provider;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of one call to a provider. */
public sealed interface SendResult {

  /**
   * The provider took the message.
   *
   * @param providerMessageId the provider's id of it
   * @param providerAddress how the provider writes the address, where it differs from ours; else
   *     null
   */
  record Accepted(String providerMessageId, @Nullable String providerAddress)
      implements SendResult {}

  /**
   * The provider answered with an error, or could not be reached before any byte left: it did not
   * take the message.
   *
   * @param code the provider's code, or "connection"
   * @param text the provider's words
   * @param meaning what it means and what to do
   * @param retryAfter how long the provider asks to wait; null when it does not say
   * @param deadSince since when the provider has known that the address is dead; null when it does
   *     not say, or when it is not
   */
  record Failed(
      String code,
      String text,
      ErrorMeaning meaning,
      @Nullable Duration retryAfter,
      @Nullable Instant deadSince)
      implements SendResult {

    /** A failure that says nothing of how long an address has been dead. */
    public Failed(String code, String text, ErrorMeaning meaning, @Nullable Duration retryAfter) {
      this(code, text, meaning, retryAfter, null);
    }
  }

  /**
   * It is not known whether the provider took it: no answer, a broken connection after the request
   * left, or an answer that says nothing.
   *
   * @param text what happened, without data of the person
   */
  record Unknown(String text) implements SendResult {}
}
