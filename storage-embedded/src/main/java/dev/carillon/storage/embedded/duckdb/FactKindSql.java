package dev.carillon.storage.embedded.duckdb;

import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.FactKind.Meaning;
import dev.carillon.core.message.FactKinds;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Kinds of facts by their names in SQL, which the tables know by their codes. */
public final class FactKindSql {
  private static final Pattern NAME = Pattern.compile("\\{([A-Z_]+)}");

  private FactKindSql() {}

  /**
   * Puts codes in the place of names in braces.
   *
   * @param sql names kinds as {@code {REFUSED}}, and all kinds with a meaning as {@code {ENDS}},
   *     which become lists with commas
   * @throws IllegalArgumentException when there is no such kind or meaning
   */
  public static String coded(String sql) {
    return NAME.matcher(sql).replaceAll(FactKindSql::codes);
  }

  private static String codes(MatchResult name) {
    return kinds(name.group(1)).stream()
        .map(kind -> Integer.toString(kind.code()))
        .collect(Collectors.joining(", "));
  }

  private static Set<FactKind> kinds(String name) {
    for (Meaning meaning : Meaning.values()) {
      if (meaning.name().equals(name)) {
        return FactKinds.with(meaning);
      }
    }
    return Set.of(FactKind.valueOf(name));
  }
}
