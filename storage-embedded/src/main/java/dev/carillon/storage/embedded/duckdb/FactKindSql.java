package dev.carillon.storage.embedded.duckdb;

import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.FactKinds;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Kinds of facts by their names in SQL, which the tables know by their codes. */
public final class FactKindSql {
  private static final Pattern NAME = Pattern.compile("\\{([A-Z_]+)}");

  private static final Map<String, Set<FactKind>> SETS =
      Map.of(
          "PROVE_SENT", FactKinds.PROVE_SENT,
          "TAKE_OUT", FactKinds.TAKE_OUT,
          "SETTLE", FactKinds.SETTLE);

  private FactKindSql() {}

  /**
   * Puts codes in the place of names in braces.
   *
   * @param sql names kinds as {@code {REFUSED}}, and sets of {@link FactKinds} as {@code {SETTLE}},
   *     which become lists with commas
   * @throws IllegalArgumentException when there is no such kind
   */
  public static String coded(String sql) {
    return NAME.matcher(sql).replaceAll(FactKindSql::codes);
  }

  private static String codes(MatchResult name) {
    String text = name.group(1);
    Set<FactKind> kinds = SETS.get(text);
    return (kinds == null ? Set.of(FactKind.valueOf(text)) : kinds)
        .stream().map(kind -> Integer.toString(kind.code())).collect(Collectors.joining(", "));
  }
}
