package dev.carillon.storage.embedded.query;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.work.RecentSends;
import dev.carillon.engine.port.work.RecentSends.Send;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactKindSql;
import dev.carillon.storage.embedded.duckdb.Micros;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBDataChunkReader;

/** Reads what the users of a chunk of messages were sent lately, in one pass over the sends. */
final class RecentReader {
  /** So long after its first try, from which {@code send} has its time, a message may be tried. */
  private static final Duration LATER_TRIES = Duration.ofDays(30);

  private static final String USERS =
      """
      SELECT seq, user_key FROM message
      WHERE campaign = $1 AND seq >= $2 AND seq < $3 AND suppression IS NULL\
      """;

  private static final String SENDS =
      FactKindSql.coded(
          """
      WITH sent AS MATERIALIZED (
        SELECT s.campaign, s.seq, s.user_key FROM send s
        WHERE s."at" >= $5
          AND s.campaign IN (SELECT campaign FROM run WHERE channel = $4)
          AND s.user_key IN (
            SELECT user_key FROM message
            WHERE campaign = $1 AND seq >= $2 AND seq < $3 AND suppression IS NULL)),
      known AS (
        SELECT s.user_key, f.campaign, f.seq,
          max(f."at") FILTER (f.kind IN ({ATTEMPTED}, {ACCEPTED}, {GHOST_SENT})) AS "at",
          bool_or(f.kind IN ({GHOST_SENT}, {PROVES_SENT})) AS went,
          bool_or(f.kind = {REFUSED}) AS refused,
          COALESCE(max(TRY_CAST(f.detail AS INTEGER)) FILTER (f.kind = {ATTEMPTED}), 0) AS begun,
          COALESCE(max(TRY_CAST(f.detail AS INTEGER)) FILTER (f.kind = {RETURNED}), 0) AS returned
        FROM fact f JOIN sent s ON s.campaign = f.campaign AND s.seq = f.seq
        -- says no more than the join, but is tried while facts are read
        WHERE f."at" >= $6 AND f.seq IN (SELECT seq FROM sent)
        GROUP BY s.user_key, f.campaign, f.seq)
      SELECT k.user_key, k.campaign, k.seq, epoch_us(k."at"), r.run
      FROM known k JOIN run r ON r.campaign = k.campaign
        AND k.seq >= r.first_seq AND k.seq < r.first_seq + r.count
      WHERE k."at" > $6 AND (k.went OR (k.begun > k.returned AND NOT k.refused))\
      """);

  private final DuckDatabase database;

  RecentReader(DuckDatabase database) {
    this.database = database;
  }

  Map<Integer, Long> users(int campaign, int fromSeq, int toSeq) {
    return database.read(session -> users(session, campaign, fromSeq, toSeq));
  }

  private static Map<Integer, Long> users(DuckSession session, int campaign, int fromSeq, int toSeq)
      throws SQLException {
    Map<Integer, Long> users = new HashMap<>();
    session.chunks(
        USERS,
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            users.put(chunk.vector(0).getInt(i), chunk.vector(1).getLong(i));
          }
        },
        campaign,
        fromSeq,
        toSeq);
    return users;
  }

  RecentSends read(int campaign, int fromSeq, int toSeq, Channel channel, Instant since) {
    Map<Long, List<Send>> sends = new HashMap<>();
    return database.read(
        session -> {
          Map<Integer, Long> users = users(session, campaign, fromSeq, toSeq);
          session.chunks(
              SENDS,
              chunk -> add(chunk, sends),
              campaign,
              fromSeq,
              toSeq,
              channel.key(),
              since.minus(LATER_TRIES),
              since);
          return new RecentSends(users, sends);
        });
  }

  private static void add(DuckDBDataChunkReader chunk, Map<Long, List<Send>> sends)
      throws SQLException {
    for (long i = 0; i < chunk.rowCount(); i++) {
      sends
          .computeIfAbsent(chunk.vector(0).getLong(i), any -> new ArrayList<>(2))
          .add(
              new Send(
                  new MessageRef(chunk.vector(1).getInt(i), chunk.vector(2).getInt(i)),
                  chunk.vector(4).getInt(i),
                  Micros.instant(chunk.vector(3).getLong(i))));
    }
  }
}
