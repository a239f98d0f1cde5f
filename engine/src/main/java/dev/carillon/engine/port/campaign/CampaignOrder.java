package dev.carillon.engine.port.campaign;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What comes first in a list of campaigns. */
public enum CampaignOrder {
  /** The latest created. */
  CREATED,
  /** The latest start; those without one come first, as they are still being written. */
  STARTED,
  /** By name. */
  NAME;

  /** The name in addresses. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The order with this name; empty when there is none. */
  public static Optional<CampaignOrder> ofKey(String key) {
    return Arrays.stream(values()).filter(order -> order.key().equals(key)).findFirst();
  }
}
