package dev.carillon.storage.embedded.query;

import dev.carillon.core.user.DataLimits;
import dev.carillon.engine.json.JsonPointers;
import dev.carillon.engine.port.audience.Suggestion;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Looks names and values up in a sample: of users, blocks of rows from all over the table; of
 * events, the latest ones of the name. So the answer takes as long for ten million as for a hundred
 * thousand. Names of events are counted in blocks of rows as well, once there are many.
 */
public final class Suggestions {
  private static final long PROFILES = 20_000;
  private static final long EVENTS_OF_A_NAME = 10_000;
  private static final long EVENT_NAMES = 2_000_000;

  /** Of a value; longer ones are not chosen again. */
  private static final int LONGEST = 100;

  private static final String DATE =
      "'^(\\$D_-?[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}.*)?)$'";

  private static final String TYPE =
      " CASE WHEN type IN ('VARCHAR') THEN CASE WHEN regexp_matches(text, "
          + DATE
          + ") THEN 'date' ELSE 'text' END WHEN type = 'BOOLEAN' THEN 'boolean'"
          + " WHEN type = 'ARRAY' THEN 'list' ELSE 'number' END ";

  private final DuckDatabase database;

  public Suggestions(DuckDatabase database) {
    this.database = database;
  }

  /**
   * Rows to look at.
   *
   * @param sql a query for their properties
   * @param values its parameters
   * @param scale how many rows each of them stands for
   */
  private record Rows(String sql, List<Object> values, double scale) {}

  public List<Suggestion> properties(String prefix, int limit) {
    return database.read(session -> names(session, users(session), prefix, limit));
  }

  public List<Suggestion> events(String prefix, int limit) {
    return database.read(
        session -> {
          long events = session.number("SELECT count(*) FROM event");
          return session.list(
              "SELECT name AS text, NULL AS type, count(*) AS n FROM (SELECT name FROM event"
                  + sampled(events, EVENT_NAMES)
                  + ") WHERE starts_with(lower(name), ?) GROUP BY ALL ORDER BY n DESC, text LIMIT"
                  + " ?",
              row -> suggestion(row, scale(events, EVENT_NAMES)),
              lower(prefix),
              limit);
        });
  }

  public boolean isPublicEvent(String event) {
    return database.read(
        session -> session.number("SELECT count(*) FROM public_event WHERE name = ?", event) > 0);
  }

  public List<Suggestion> eventProperties(String event, String prefix, int limit) {
    return database.read(session -> names(session, latest(session, event), prefix, limit));
  }

  public List<Suggestion> values(
      @Nullable String event, String property, String prefix, int limit) {
    return database.read(
        session -> {
          Rows rows = event == null ? users(session) : latest(session, event);
          ArrayList<Object> values = new ArrayList<>(List.of(JsonPointers.member(property)));
          values.addAll(rows.values());
          values.addAll(List.of(lower(prefix), limit));
          return session.list(
              "SELECT text, any_value("
                  + TYPE
                  + ") AS type, count(*) AS n FROM (SELECT value ->> '$' AS text, json_type(value)"
                  + " AS type FROM (SELECT unnest(CASE WHEN json_type(value) = 'ARRAY'"
                  + " THEN json_extract(value, '$[*]') ELSE [value] END) AS value"
                  + " FROM (SELECT json_extract(properties, ?) AS value FROM ("
                  + rows.sql()
                  + ")))) WHERE type NOT IN ('NULL', 'OBJECT', 'ARRAY') AND length(text) <= "
                  + LONGEST
                  + " AND starts_with(lower(text), ?) GROUP BY text ORDER BY n DESC, text LIMIT ?",
              row -> suggestion(row, rows.scale()),
              values.toArray());
        });
  }

  private static List<Suggestion> names(DuckSession session, Rows rows, String prefix, int limit)
      throws SQLException {
    ArrayList<Object> values = new ArrayList<>(rows.values());
    values.addAll(List.of(lower(prefix), limit));
    return session.list(
        "SELECT key AS text, mode("
            + TYPE
            + ") AS type, count(*) AS n FROM (SELECT j.key, j.type, j.atom ->> '$' AS text FROM ("
            + rows.sql()
            + "), json_each(properties) j) WHERE type NOT IN ('NULL', 'OBJECT')"
            + " AND length(key) <= "
            + DataLimits.NAME_CHARACTERS
            + " AND starts_with(lower(key), ?) GROUP BY key ORDER BY n DESC, key LIMIT ?",
        row -> suggestion(row, rows.scale()),
        values.toArray());
  }

  private static Rows users(DuckSession session) throws SQLException {
    long users = session.number("SELECT count(*) FROM profile");
    return new Rows(
        "SELECT properties FROM profile" + sampled(users, PROFILES),
        List.of(),
        scale(users, PROFILES));
  }

  /** The latest events of a name: those from a row number on, so that older blocks are skipped. */
  private static Rows latest(DuckSession session, String event) throws SQLException {
    long from =
        session.number(
            "SELECT min(pos) FROM (SELECT pos FROM event WHERE name = ? ORDER BY pos DESC LIMIT ?)",
            event,
            EVENTS_OF_A_NAME);
    return new Rows(
        "SELECT properties FROM event WHERE pos >= ? AND name = ?", List.of(from, event), 1);
  }

  private static String sampled(long rows, long wanted) {
    return rows <= wanted
        ? ""
        : " TABLESAMPLE SYSTEM(" + Math.max(0.01, 100.0 * wanted / rows) + " PERCENT)";
  }

  private static double scale(long rows, long sampled) {
    return Math.max(1.0, (double) rows / sampled);
  }

  private static Suggestion suggestion(ResultSet row, double scale) throws SQLException {
    return new Suggestion(
        row.getString("text"), row.getString("type"), Math.round(row.getLong("n") * scale));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
