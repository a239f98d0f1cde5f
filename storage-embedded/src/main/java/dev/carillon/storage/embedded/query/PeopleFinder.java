package dev.carillon.storage.embedded.query;

import dev.carillon.core.audience.Rule;
import dev.carillon.engine.port.people.PeoplePlace;
import dev.carillon.engine.port.people.PeopleSearch;
import dev.carillon.storage.embedded.audience.AudienceSql;
import dev.carillon.storage.embedded.audience.Sql;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.profiles.ProfileTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the profiles that a search means. A search by identity, name or address reads their columns
 * only; one by a property reads properties, as a segment does. What is shown is read of the found
 * ones alone.
 */
final class PeopleFinder {
  private static final String BEGINS =
      """
      starts_with(lower(substr(p.identity, 3)), ?) OR starts_with(lower(p.name), ?)
        OR p.user_key IN (SELECT e.user_key FROM endpoint e WHERE e.left_at IS NULL
          AND (starts_with(e.address, ?) OR starts_with(e.address, ?::VARCHAR)))
        OR p.user_key IN (SELECT l.to_key FROM identity_link l
          WHERE starts_with(lower(substr(l.from_identity, 3)), ?))""";

  private PeopleFinder() {}

  static List<ProfileTable.Row> find(DuckSession session, PeopleSearch search) throws SQLException {
    ArrayList<@Nullable Object> values = new ArrayList<>();
    String which = which(search, values);
    String after = after(search.after(), values);
    values.add(search.limit());
    return session.list(
        "SELECT * FROM profile WHERE rowid IN (SELECT rowid FROM profile p WHERE ("
            + which
            + ") AND "
            + after
            + " ORDER BY p.name IS NULL, p.name, p.identity LIMIT ?)"
            + " ORDER BY name IS NULL, name, identity",
        ProfileTable::row,
        values.toArray(new Object[0]));
  }

  private static String which(PeopleSearch search, List<@Nullable Object> values) {
    Rule rule = search.rule();
    if (rule != null) {
      Sql matching = AudienceSql.select("user_key", rule, search.evaluation());
      values.add(search.text());
      values.addAll(matching.values());
      return "substr(p.identity, 3) = ? OR p.user_key IN (" + matching.text() + ")";
    }
    String start = search.text().toLowerCase(Locale.ROOT);
    values.addAll(List.of(start, start, start));
    values.add(search.phone());
    values.add(start);
    return BEGINS;
  }

  private static String after(@Nullable PeoplePlace place, List<@Nullable Object> values) {
    if (place == null) {
      return "true";
    }
    String name = place.name();
    if (name == null) {
      values.add(place.identity());
      return "p.name IS NULL AND p.identity > ?";
    }
    values.add(name);
    values.add(name);
    values.add(place.identity());
    return "(p.name IS NULL OR p.name > ? OR (p.name = ? AND p.identity > ?))";
  }
}
