package dev.carillon.core.message;

import java.util.Optional;

/** Why a planned message was never attempted. The set is closed; each reason is counted. */
public enum SuppressionReason {
  NO_ADDRESS("noAddress", "The user has no address on this channel"),
  INVALID_ADDRESS("invalidAddress", "The user's address is not valid"),
  UNSUBSCRIBED("unsubscribed", "The user has unsubscribed from this channel"),
  DUPLICATE_ADDRESS("duplicateAddress", "Another user of the run has the same address"),
  DO_NOT_DISTURB("doNotDisturb", "It fell into do-not-disturb hours and was to be discarded"),
  FREQUENCY_CAP("frequencyCap", "The user had the channel's maximum of messages already"),
  GAP("gap", "The last message to the user was too recent"),
  TARGET_CAP("targetCap", "The campaign's limit of messages was reached"),
  CUT_OFF("cutOff", "Its turn came after the cut-off time"),
  PERSONALISATION_FAILED(
      "personalisationFailed", "The text could not be filled with the user's data"),
  STOPPED("stopped", "The campaign was stopped before its turn came"),
  DELETED("deleted", "The user was deleted before its turn came"),
  TIME_PASSED("timePassed", "The time had passed already where the user is");

  private final String key;
  private final String words;

  SuppressionReason(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /** The stable name in JSON and in stored facts. */
  public String key() {
    return key;
  }

  /** The reason in plain words, for pages. */
  public String words() {
    return words;
  }

  /**
   * The reason with this key.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static SuppressionReason ofKey(String key) {
    return find(key)
        .orElseThrow(() -> new IllegalArgumentException("no suppression reason " + key));
  }

  /** The reason with this key; empty when there is none. */
  public static Optional<SuppressionReason> find(String key) {
    for (SuppressionReason reason : values()) {
      if (reason.key.equals(key)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
