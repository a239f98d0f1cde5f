package dev.carillon.storage.embedded.duckdb;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives the phone numbers of a folder from before one spelling was kept for each number that
 * spelling. What it knows of spellings is of that day and stays as it is.
 */
final class SpellingMigration {
  static final String[] STATEMENTS = statements();

  private SpellingMigration() {}

  private static String[] statements() {
    List<String> statements = new ArrayList<>();
    statements.add(text("profile", "phone"));
    statements.add(text("message", "address"));
    statements.add(text("consent", "address"));
    statements.add(text("address_alias", "address"));
    statements.add(text("address_alias", "provider_address"));
    statements.add("DELETE FROM address_alias WHERE address = provider_address");
    statements.add(text("incoming", "sender"));
    statements.add(number("incoming", "address_key"));
    statements.add(number("send", "address_key"));
    return statements.toArray(String[]::new);
  }

  private static String text(String table, String column) {
    return update(table, column, column, spelled(column));
  }

  private static String number(String table, String column) {
    String digits = column + "::VARCHAR";
    return update(table, column, digits, spelled(digits) + "::BIGINT");
  }

  private static String update(String table, String column, String digits, String spelled) {
    return "UPDATE "
        + table
        + " SET "
        + column
        + " = "
        + spelled
        + " WHERE regexp_full_match("
        + digits
        + ", '55[1-9][1-9][6-9][0-9]{7}|521[0-9]{10}|54[0-8][0-9]{9}')";
  }

  private static String spelled(String digits) {
    return "(CASE substr(%1$s, 1, 2) WHEN '55' THEN substr(%1$s, 1, 4) || '9' || substr(%1$s, 5)"
            .formatted(digits)
        + " WHEN '52' THEN '52' || substr(%1$s, 4) ELSE '549' || substr(%1$s, 3) END)"
            .formatted(digits);
  }
}
