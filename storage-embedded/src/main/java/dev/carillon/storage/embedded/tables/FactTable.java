package dev.carillon.storage.embedded.tables;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.duckdb.TextHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.duckdb.DuckDBAppender;

/** Writes rows of {@code fact} and {@code accepted}, and reads facts. */
public final class FactTable {
  private FactTable() {}

  public static void append(DuckSession session, List<Fact> facts, ApplyProgress progress)
      throws SQLException {
    if (facts.isEmpty()) {
      return;
    }
    try (DuckDBAppender appender = session.appender("fact")) {
      for (Fact fact : facts) {
        append(appender, fact, progress.nextRow());
      }
      appender.flush();
    }
  }

  /** Notes which messages the provider's ids name. */
  public static void appendIds(DuckSession session, List<Fact> facts) throws SQLException {
    List<Fact> named =
        facts.stream()
            .filter(fact -> fact.kind() == FactKind.ACCEPTED && fact.event() != null)
            .toList();
    if (named.isEmpty()) {
      return;
    }
    try (DuckDBAppender appender = session.appender("accepted")) {
      for (Fact fact : named) {
        appender
            .beginRow()
            .append(TextHash.of(Objects.requireNonNull(fact.event())))
            .append(fact.campaign())
            .append(fact.seq())
            .endRow();
      }
      appender.flush();
    }
  }

  private static void append(DuckDBAppender appender, Fact fact, long pos) throws SQLException {
    appender
        .beginRow()
        .append(pos)
        .append(fact.campaign())
        .append(fact.seq())
        .append((byte) fact.kind().code())
        .append(fact.detail())
        .append(fact.event())
        .appendEpochMicros(Micros.of(fact.at()))
        .appendEpochMicros(Micros.of(fact.receivedAt()))
        .append(fact.text())
        .append(fact.inbox())
        .endRow();
  }

  public static Fact read(ResultSet row) throws SQLException {
    return new Fact(
        row.getInt("campaign"),
        row.getInt("seq"),
        FactKind.ofCode(row.getInt("kind")),
        row.getString("detail"),
        row.getString("event"),
        DuckSession.instant(row, "at"),
        DuckSession.instant(row, "received_at"),
        row.getString("text"),
        row.getLong("inbox"));
  }
}
