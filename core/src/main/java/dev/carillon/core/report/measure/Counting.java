package dev.carillon.core.report.measure;

import java.util.Locale;
import java.util.Optional;

/** How clicks and replies are counted; everything else is counted alike in both. */
public enum Counting {
  /** Every distinct click or reply. */
  TOTAL,
  /** Each message once, however often it was clicked or replied to. */
  UNIQUE;

  /** The name in addresses and JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The counting with this key; empty when there is none. */
  public static Optional<Counting> ofKey(String key) {
    for (Counting counting : values()) {
      if (counting.key().equals(key)) {
        return Optional.of(counting);
      }
    }
    return Optional.empty();
  }
}
