package dev.carillon.storage.embedded.lists;

import dev.carillon.core.audience.CustomList.Line;
import dev.carillon.core.audience.CustomList.MatchBy;
import dev.carillon.core.audience.CustomList.Report;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.audience.ListRows;
import dev.carillon.engine.profile.PhoneNumbers;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a list that is being brought in, as temporary tables of one session: {@code
 * stage_row} with what each row may mean, best first, and {@code stage_member} with the users
 * found.
 */
final class ListStaging {
  private final MatchBy matchBy;
  private final PhoneNumbers phones;
  private final List<Line> malformedFirst = new ArrayList<>();
  private long malformed;
  private long sound;

  private ListStaging(MatchBy matchBy, PhoneNumbers phones) {
    this.matchBy = matchBy;
    this.phones = phones;
  }

  /** Reads the rows. */
  static ListStaging of(DuckSession session, MatchBy matchBy, PhoneNumbers phones, ListRows rows)
      throws SQLException, IOException {
    ListStaging staging = new ListStaging(matchBy, phones);
    session.execute(
        "CREATE OR REPLACE TEMP TABLE stage_row"
            + " (line BIGINT, value VARCHAR, rank INTEGER, k BIGINT, stored VARCHAR)");
    try (DuckDBAppender appender = session.temporaryAppender("stage_row")) {
      rows.read((line, value, wrong) -> staging.row(appender, line, value, wrong));
      appender.flush();
    } catch (UncheckedSqlException failed) {
      throw failed.cause;
    } catch (UncheckedIOException broken) {
      throw broken.getCause();
    }
    return staging;
  }

  private void row(DuckDBAppender appender, long line, String value, @Nullable String wrong) {
    String problem = wrong == null ? problem(value) : wrong;
    if (problem != null) {
      malformed++;
      if (malformedFirst.size() < Report.FIRST) {
        malformedFirst.add(new Line(line, value.isEmpty() ? problem : value + ": " + problem));
      }
      return;
    }
    sound++;
    try {
      switch (matchBy) {
        case IDENTITY -> {
          int rank = 0;
          for (Identity.Kind kind : Identity.Kind.values()) {
            Identity identity = new Identity(kind, value);
            append(appender, line, value, rank++, identity.key(), identity.stored());
          }
        }
        case PHONE -> append(appender, line, value, 0, 0, phones.digits(value).orElseThrow());
        case EMAIL -> append(appender, line, value, 0, 0, value.toLowerCase(Locale.ROOT));
      }
    } catch (SQLException failed) {
      throw new UncheckedSqlException(failed);
    }
  }

  private @Nullable String problem(String value) {
    return switch (matchBy) {
      case IDENTITY -> value.length() > Identity.LONGEST ? "it is too long for an identity" : null;
      case PHONE -> phones.digits(value).isEmpty() ? "it is no valid phone number" : null;
      case EMAIL -> value.indexOf('@') < 1 ? "it is no e-mail address" : null;
    };
  }

  private static void append(
      DuckDBAppender appender, long line, String value, int rank, long key, String stored)
      throws SQLException {
    appender.beginRow().append(line).append(value).append(rank).append(key).append(stored).endRow();
  }

  /** Finds the users that the rows mean, and says what became of the rows. */
  Report match(DuckSession session) throws SQLException {
    session.execute(
        "CREATE OR REPLACE TEMP TABLE stage_found AS SELECT s.line, m.user_key FROM stage_row s JOIN "
            + known()
            + " QUALIFY s.rank = min(s.rank) OVER (PARTITION BY s.line)");
    session.execute(
        "CREATE OR REPLACE TEMP TABLE stage_member AS SELECT DISTINCT user_key FROM stage_found");
    session.execute(
        """
        CREATE OR REPLACE TEMP TABLE stage_unknown AS
        SELECT min(line) AS line, value FROM stage_row
        WHERE rank = 0 AND line NOT IN (SELECT line FROM stage_found) GROUP BY value""");
    long matched =
        session.number(
            "SELECT count(DISTINCT first) FROM"
                + " (SELECT min(user_key) AS first FROM stage_found GROUP BY line)");
    long unknown = session.number("SELECT count(*) FROM stage_unknown");
    List<Line> first =
        session.list(
            "SELECT line, value FROM stage_unknown ORDER BY line LIMIT ?",
            row -> new Line(row.getLong(1), row.getString(2)),
            Report.FIRST);
    return new Report(
        sound + malformed,
        matched,
        sound - matched - unknown,
        unknown,
        first,
        malformed,
        malformedFirst);
  }

  /** The users by what rows name them by, and how rows are joined with them. */
  private String known() {
    return switch (matchBy) {
      case IDENTITY ->
          """
          (SELECT user_key AS k, identity AS stored, user_key FROM profile
            UNION ALL SELECT from_key, from_identity, to_key FROM identity_link) m
          ON m.k = s.k AND m.stored = s.stored""";
      case PHONE ->
          """
          (SELECT address AS stored, user_key FROM endpoint
            WHERE kind = 1 AND left_at IS NULL AND address IS NOT NULL) m
          ON m.stored = s.stored""";
      case EMAIL ->
          """
          (SELECT address AS stored, user_key FROM endpoint
            WHERE kind = 2 AND left_at IS NULL AND address IS NOT NULL) m
          ON m.stored = s.stored""";
    };
  }

  /** Carries a failure of the store past the reader of the rows. */
  private static final class UncheckedSqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException cause;

    UncheckedSqlException(SQLException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
