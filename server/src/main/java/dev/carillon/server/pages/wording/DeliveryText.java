package dev.carillon.server.pages.wording;

import dev.carillon.core.account.QuietHours;

/** Says hours of the day in plain words. */
public final class DeliveryText {
  private DeliveryText() {}

  /** From when to when, and what happens. */
  public static String hours(QuietHours hours) {
    return hours.from()
        + " to "
        + hours.to()
        + ", "
        + switch (hours.then()) {
          case DELAY -> "held back until they end";
          case DISCARD -> "discarded";
        };
  }
}
