package dev.carillon.core.report.measure;

import java.util.Locale;
import java.util.Optional;

/** A stage of a funnel, in the order in which a message passes them. */
public enum Stage {
  SENT("Sent"),
  DELIVERED("Delivered"),
  VIEWED("Viewed"),
  CLICKED("Clicked"),
  CONVERTED("Converted");

  private final String title;

  Stage(String title) {
    this.title = title;
  }

  /** The name in addresses and JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name on pages. */
  public String title() {
    return title;
  }

  /** Whether a reader may take this stage out of a funnel: all but the first and the last. */
  public boolean removable() {
    return this != SENT && this != CONVERTED;
  }

  /** The stage with this key; empty when there is none. */
  public static Optional<Stage> ofKey(String key) {
    for (Stage stage : values()) {
      if (stage.key().equals(key)) {
        return Optional.of(stage);
      }
    }
    return Optional.empty();
  }
}
