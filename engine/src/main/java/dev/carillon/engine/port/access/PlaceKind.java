package dev.carillon.engine.port.access;

import java.util.Locale;

/** What a login can be known from. Its {@link #key()} is the name in tables. */
public enum PlaceKind {
  BROWSER,
  ADDRESS;

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
