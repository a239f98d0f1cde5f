package dev.carillon.core.figure;

import java.util.Arrays;
import java.util.Optional;

/**
 * What an ad platform reports of an ad and a day. {@link #key()} is the name in JSON and tables.
 */
public enum FigureKind {
  IMPRESSIONS("impressions", "Impressions"),
  CLICKS("clicks", "Clicks"),
  /** Money, in the currency of the ad account. */
  SPEND("spend", "Amount spent"),
  /** Rows of an audience that the platform could not use; of no ad. */
  INVALID_ENTRIES("invalidEntries", "Invalid entries");

  private final String key;
  private final String title;

  FigureKind(String key, String title) {
    this.key = key;
    this.title = title;
  }

  public String key() {
    return key;
  }

  /** The name on pages. */
  public String title() {
    return title;
  }

  /** Whether its values are amounts; all others are whole numbers. */
  public boolean money() {
    return this == SPEND;
  }

  /** The figure with this key; empty when there is none. */
  public static Optional<FigureKind> ofKey(String key) {
    return Arrays.stream(values()).filter(figure -> figure.key.equals(key)).findFirst();
  }
}
