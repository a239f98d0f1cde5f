package dev.carillon.core.campaign;

import java.util.Optional;

/** Why a run that was due was never sent. */
public enum SkipReason {
  /** Its time passed before it could be started. */
  MISSED("missed", "Its time passed while it could not be started"),
  /** Its time came while the campaign was paused. */
  PAUSED("paused", "The campaign was paused when its time came"),
  /** More people qualified than the campaign's safety check allows. */
  TOO_MANY("tooMany", "More people qualified than the safety check allows");

  private final String key;
  private final String words;

  SkipReason(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /** The stable name in JSON and in what is stored. */
  public String key() {
    return key;
  }

  /** The reason in plain words. */
  public String words() {
    return words;
  }

  /** The reason with this key; empty when there is none. */
  public static Optional<SkipReason> find(String key) {
    for (SkipReason reason : values()) {
      if (reason.key.equals(key)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
