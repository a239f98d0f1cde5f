package dev.carillon.core.account;

import java.util.Locale;
import java.util.Set;

/** The countries of ISO 3166, by their two letters. */
public final class Countries {
  private static final Set<String> CODES = Set.of(Locale.getISOCountries());

  private Countries() {}

  /** Whether there is a country with this code, in capital letters. */
  public static boolean exist(String code) {
    return CODES.contains(code);
  }
}
