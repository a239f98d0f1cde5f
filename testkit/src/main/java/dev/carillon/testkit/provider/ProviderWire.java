package dev.carillon.testkit.provider;

import dev.carillon.core.message.FactKind;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one provider speaks, for the contract: the answers and callbacks that it would send. */
public interface ProviderWire {

  /** It takes the message under this id. */
  Reply.Answer accepts(String providerMessageId);

  /**
   * It takes all messages of one call; only of a provider that takes several.
   *
   * @param messages how many, 2 or more
   */
  default Reply.Answer acceptsMany(int messages) {
    throw new UnsupportedOperationException("It takes one message a call.");
  }

  /** It refuses the message for good. */
  Refusal refusesMessage();

  /** It says that the address is dead; null of a provider that never does. */
  default @Nullable Refusal refusesAddress() {
    return null;
  }

  /** It asks to slow down, after this many seconds when that is not 0. */
  Refusal throttles(int retryAfterSeconds);

  /** Its credentials are wrong. */
  Refusal refusesCredentials();

  /** Answers from which it cannot be known whether it took the message. */
  default List<Reply.Answer> saysNothing() {
    return List.of(
        Reply.Answer.of(200, ""),
        Reply.Answer.of(200, "<html>welcome</html>"),
        Reply.Answer.of(200, "{}"),
        Reply.Answer.of(200, "[]"),
        Reply.Answer.of(200, "null"),
        Reply.Answer.of(302, "").with("Location", "/elsewhere"),
        Reply.Answer.of(400, ""),
        Reply.Answer.of(500, "<h1>oops</h1>"),
        Reply.Answer.of(503, accepts("id").body()));
  }

  /** What it answers to a request that is no send, such as one for a token; null to sends. */
  default @Nullable Reply beside(ReceivedRequest request) {
    return null;
  }

  /** What it understands of a send: address and body, decrypted where that is needed. */
  default String understood(ReceivedRequest request) {
    return request.target() + request.text();
  }

  /**
   * A signed callback about one message.
   *
   * @param reference null where the callback is to bear none
   */
  CallbackRequest status(
      @Nullable String reference, String providerMessageId, FactKind kind, Instant receivedAt);

  /** A callback with this body, with a right signature. */
  CallbackRequest signed(byte[] body, Instant receivedAt);

  /** The same callback without any proof of where it comes from. */
  CallbackRequest unsigned(CallbackRequest callback);

  /** What an unsigned callback is answered. */
  default CallbackAnswer.Rejected rejectsUnsigned() {
    return new CallbackAnswer.Rejected(401, "unsigned");
  }

  /**
   * The same callback with something changed that its signature covers: bytes of the body, unless
   * the provider signs more or less than that.
   */
  default List<CallbackRequest> forged(CallbackRequest callback) {
    List<CallbackRequest> forged = new ArrayList<>();
    for (int i = 0; i < callback.body().length; i += 7) {
      byte[] changed = callback.body().clone();
      changed[i] ^= 1;
      forged.add(callback.withBody(changed, callback.receivedAt()));
    }
    return forged;
  }

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
