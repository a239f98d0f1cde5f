package dev.carillon.testkit.provider;

import dev.carillon.core.message.FactKind;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one provider speaks, for the contract: the answers and callbacks that it would send. */
public interface ProviderWire {

  /** It takes the message under this id. */
  Reply.Answer accepts(String providerMessageId);

  /** It refuses the message for good. */
  Refusal refusesMessage();

  /** It asks to slow down, after this many seconds when that is not 0. */
  Refusal throttles(int retryAfterSeconds);

  /** Its credentials are wrong. */
  Refusal refusesCredentials();

  /** A signed callback about one message. */
  CallbackRequest status(
      @Nullable String reference, String providerMessageId, FactKind kind, Instant receivedAt);

  /** A callback with this body, with a right signature. */
  CallbackRequest signed(byte[] body, Instant receivedAt);

  /** The same callback without any proof of where it comes from. */
  CallbackRequest unsigned(CallbackRequest callback);

  /** The handshake of a provider that has one; null for others. */
  @Nullable Handshake handshake();

  /**
   * @param answer what it answers
   * @param code the code that the adapter must read from it
   */
  record Refusal(Reply.Answer answer, String code) {}

  /**
   * @param right a request that must be answered
   * @param answer with this
   * @param wrong one that must be rejected
   */
  record Handshake(CallbackRequest right, CallbackAnswer.Answered answer, CallbackRequest wrong) {}
}
