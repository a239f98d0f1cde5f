package dev.carillon.core.campaign;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a campaign stands. */
public enum CampaignStatus {
  /** Being written; nothing happens. */
  DRAFT,
  /** Launched; its (next) start lies ahead. */
  SCHEDULED,
  /** Being planned or sent. */
  RUNNING,
  /** Held, by a person or because of a provider's answer; goes on when resumed. */
  PAUSED,
  /** Ended by a person; what was pending is suppressed. */
  STOPPED,
  /** All its messages were tried. */
  COMPLETED,
  /** Between two runs of a campaign with several. */
  AWAITING_NEXT_RUN;

  /** The name in JSON: lower camel case. */
  public String key() {
    String[] words = name().toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder key = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      key.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return key.toString();
  }

  /** The status with this key; empty when there is none. */
  public static Optional<CampaignStatus> ofKey(String key) {
    return Arrays.stream(values()).filter(status -> status.key().equals(key)).findFirst();
  }

  /** The statuses that may follow this one. */
  public Set<CampaignStatus> next() {
    return switch (this) {
      case DRAFT -> EnumSet.of(SCHEDULED, RUNNING);
      case SCHEDULED -> EnumSet.of(RUNNING, STOPPED, DRAFT);
      case RUNNING -> EnumSet.of(PAUSED, STOPPED, COMPLETED, AWAITING_NEXT_RUN);
      case PAUSED -> EnumSet.of(RUNNING, STOPPED);
      case AWAITING_NEXT_RUN -> EnumSet.of(RUNNING, PAUSED, STOPPED, COMPLETED);
      case STOPPED, COMPLETED -> EnumSet.noneOf(CampaignStatus.class);
    };
  }

  /** Whether it has gone out, so that it has numbers. */
  public boolean started() {
    return this != DRAFT && this != SCHEDULED;
  }

  /** Whether nothing will be sent any more. */
  public boolean ended() {
    return this == STOPPED || this == COMPLETED;
  }
}
