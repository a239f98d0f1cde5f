package dev.carillon.core.campaign;

import dev.carillon.core.audience.PropertyCondition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign is to bring about.
 *
 * @param event name of the event that counts as a conversion
 * @param where all of these fit the event's properties
 * @param within the conversion window, counted from each message's (ghost) send; longer than zero
 * @param revenueProperty a number property of the event, in the account's currency; null without
 * @param trust which events count
 */
public record Goal(
    String event,
    List<PropertyCondition> where,
    Duration within,
    @Nullable String revenueProperty,
    Trust trust) {

  /** Which events count as conversions. */
  public enum Trust {
    /** Those that came by keys that are secret. */
    TRUSTED("trusted"),
    /** Those of keys in apps and pages too, which everybody can copy and make up events with. */
    ANY("any");

    private final String key;

    Trust(String key) {
      this.key = key;
    }

    /** The name in the API. */
    public String key() {
      return key;
    }

    /** The one with this name; empty when there is none. */
    public static Optional<Trust> ofKey(String key) {
      for (Trust trust : values()) {
        if (trust.key.equals(key)) {
          return Optional.of(trust);
        }
      }
      return Optional.empty();
    }
  }

  /** A goal that counts trusted events. */
  public Goal(
      String event,
      List<PropertyCondition> where,
      Duration within,
      @Nullable String revenueProperty) {
    this(event, where, within, revenueProperty, Trust.TRUSTED);
  }

  public Goal {
    where = List.copyOf(where);
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("a conversion window is longer than zero");
    }
  }
}
