package dev.carillon.storage.embedded.duckdb;

/**
 * Repairs JSON texts that one reader takes and another refuses: an escaped half of a surrogate pair
 * is valid to most, but DuckDB calls the whole text malformed, in every query that meets it.
 */
public final class JsonRepair {
  private static final int ESCAPE = 6;

  private JsonRepair() {}

  /** The text with each lone escaped surrogate replaced by the replacement character. */
  public static String repaired(String json) {
    int at = json.indexOf("\\u");
    if (at < 0) {
      return json;
    }
    StringBuilder repaired = new StringBuilder(json);
    for (at = repaired.indexOf("\\"); at >= 0; at = repaired.indexOf("\\", at)) {
      int unit = unit(repaired, at);
      if (unit < 0) {
        at += 2;
      } else if (!surrogate(unit)) {
        at += ESCAPE;
      } else if (Character.isHighSurrogate((char) unit) && lowFollows(repaired, at + ESCAPE)) {
        at += 2 * ESCAPE;
      } else {
        repaired.replace(at, at + ESCAPE, "\\ufffd");
        at += ESCAPE;
      }
    }
    return repaired.toString();
  }

  private static boolean surrogate(int unit) {
    return unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
  }

  private static boolean lowFollows(StringBuilder json, int at) {
    int unit = unit(json, at);
    return unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
  }

  /** The code unit of the escape that begins here; -1 when none does. */
  private static int unit(StringBuilder json, int at) {
    if (at + ESCAPE > json.length() || json.charAt(at) != '\\' || json.charAt(at + 1) != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + ESCAPE; i++) {
      int digit = Character.digit(json.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }
}
