package dev.carillon.server.pages;

import dev.carillon.core.account.QuietHours;

/** Says hours of the day in plain words. */
final class DeliveryWords {
  private DeliveryWords() {}

  /** From when to when, and what happens. */
  static String hours(QuietHours hours) {
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
