package dev.carillon.engine.campaign;

import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.provider.SendResult;
import org.jspecify.annotations.Nullable;

/** What became of the message that was sent to one person as a test. */
public sealed interface TestResult {

  /** Enough to tell one's own number by. */
  int SHOWN = 4;

  /** The person, as the one who asked named him. */
  String identity();

  /** Whom it went to, or would have gone to; null when that is not known. */
  @Nullable String address();

  /** The address with all but its last four characters hidden; null when it is not known. */
  default @Nullable String maskedAddress() {
    String address = address();
    int hidden = address == null ? 0 : Math.max(0, address.length() - SHOWN);
    return address == null ? null : "*".repeat(hidden) + address.substring(hidden);
  }

  /** The provider took it. */
  record Sent(String identity, String address, String providerMessageId) implements TestResult {}

  /**
   * The provider refused it, or could not be reached.
   *
   * @param failure the provider's code and words, and what to do
   */
  record Failed(String identity, String address, SendResult.Failed failure) implements TestResult {}

  /**
   * It is not known whether the provider took it.
   *
   * @param text what happened
   */
  record Uncertain(String identity, String address, String text) implements TestResult {}

  /**
   * It was not tried, for a reason that would keep a campaign's message back as well.
   *
   * @param detail what exactly could not be filled; null where the reason says all
   */
  record Suppressed(
      String identity, @Nullable String address, SuppressionReason reason, @Nullable String detail)
      implements TestResult {}

  /** Nobody is known by this identity. */
  record UnknownPerson(String identity) implements TestResult {
    @Override
    public @Nullable String address() {
      return null;
    }
  }
}
