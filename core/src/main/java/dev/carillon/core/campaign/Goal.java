package dev.carillon.core.campaign;

import dev.carillon.core.audience.PropertyCondition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign is to bring about.
 *
 * @param event name of the event that counts as a conversion
 * @param where all of these fit the event's properties
 * @param within the conversion window, counted from each message's (ghost) send; longer than zero
 * @param revenueProperty a number property of the event, in the account's currency; null without
 */
public record Goal(
    String event,
    List<PropertyCondition> where,
    Duration within,
    @Nullable String revenueProperty) {
  public Goal {
    where = List.copyOf(where);
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("a conversion window is longer than zero");
    }
  }
}
