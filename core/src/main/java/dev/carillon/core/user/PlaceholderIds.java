package dev.carillon.core.user;

import java.util.Locale;
import java.util.Set;

/**
 * Texts that programs write where an id should be and there is none. Taken for ids, they would make
 * one person of all visitors.
 */
public final class PlaceholderIds {
  private static final Set<String> KNOWN =
      Set.of(
          "null",
          "nil",
          "none",
          "undefined",
          "nan",
          "n/a",
          "0",
          "-1",
          "true",
          "false",
          "[object object]",
          "{}",
          "[]",
          "guest",
          "anonymous",
          "unknown",
          "not set",
          "notset",
          "not_authenticated",
          "id",
          "userid",
          "user_id",
          "distinct_id",
          "distinctid",
          "00000000-0000-0000-0000-000000000000");

  private static final int LONGEST = 48;
  private static final String AROUND = "\"'<>()";

  private PlaceholderIds() {}

  /** Whether the text names no one, in whatever case, quotes or brackets. */
  public static boolean contains(String id) {
    if (id.length() > LONGEST) {
      return false;
    }
    String text = id.strip().toLowerCase(Locale.ROOT);
    int from = 0;
    int to = text.length();
    while (to - from > 2 && AROUND.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to - from > 2 && AROUND.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    boolean bare = to - from == text.length();
    return KNOWN.contains(text) || (!bare && KNOWN.contains(text.substring(from, to).strip()));
  }
}
