package dev.carillon.storage.embedded.planning;

import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.profile.PhoneNumbers;
import dev.carillon.storage.embedded.FactStoreSettings;
import dev.carillon.storage.embedded.apply.BatchWriter;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.tables.ApplyLock;
import dev.carillon.storage.embedded.tables.PlanningState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables of a store, filled by SQL, and the planner that works on them. */
final class PlanningFixture implements AutoCloseable {
  private final DuckDatabase database;
  private final BatchWriter writer;
  private final RunPlanner planner;
  private final DuckSession session;

  PlanningFixture(Path folder) throws SQLException {
    FactStoreSettings settings = FactStoreSettings.in(folder).withMemoryMegabytes(512);
    database = settings.openDatabase();
    PlanningState planning = new PlanningState();
    writer =
        new BatchWriter(
            database,
            settings.campaignBytes(),
            new PhoneNumbers(null),
            planning,
            applied -> {},
            position -> {});
    writer.catchUp();
    planner = new RunPlanner(database, planning, new ApplyLock(), writer);
    session = database.session();
  }

  PlannedRun plan(PlanOrder order) {
    return planner.plan(order).run();
  }

  void execute(String sql, @Nullable Object... parameters) throws SQLException {
    session.update(sql, parameters);
  }

  /** Subscribed users with a phone each, their keys as real ones are. */
  void people(int count) throws SQLException {
    execute(
        """
        INSERT INTO profile BY NAME SELECT (md5_number(i::VARCHAR) >> 65)::BIGINT AS user_key,
          '{}' AS properties FROM range(?) t(i)""",
        count);
    execute(
        """
        INSERT INTO endpoint BY NAME SELECT (md5_number(i::VARCHAR) >> 65)::BIGINT AS user_key,
          1 AS kind, (910000000000 + i)::VARCHAR AS address FROM range(?) t(i)""",
        count);
  }

  /**
   * A subscribed user.
   *
   * @param phoneState 0: no phone, 1: a valid one, 2: another one
   */
  void profile(long userKey, String properties, @Nullable String phone, int phoneState)
      throws SQLException {
    execute(
        """
        INSERT INTO profile BY NAME SELECT ?::BIGINT AS user_key, ? AS properties""",
        userKey,
        properties);
    if (phoneState > 0) {
      execute(
          """
          INSERT INTO endpoint BY NAME SELECT ?::BIGINT AS user_key, 1 AS kind,
            ?::VARCHAR AS address""",
          userKey,
          phoneState == 1 ? phone : null);
    }
  }

  void optOut(String channel, String users) throws SQLException {
    execute("INSERT INTO opt_out SELECT user_key, ? FROM profile WHERE " + users, channel);
  }

  void consent(String channel, String address, boolean subscribed, Instant at) throws SQLException {
    execute(
        """
        INSERT INTO consent BY NAME SELECT ? AS channel, ? AS address, ?::BOOLEAN AS subscribed,
          ?::TIMESTAMP AS "at\"""",
        channel,
        address,
        subscribed,
        at);
  }

  /** What a statement selects, in its first column. */
  List<Long> numbers(String sql) throws SQLException {
    return session.list(sql, row -> row.getLong(1));
  }

  double number(String sql) throws SQLException {
    return session.list(sql, row -> row.getDouble(1)).getFirst();
  }

  /** The second column of what a statement selects, by the first. */
  Map<Long, String> texts(String sql) throws SQLException {
    TreeMap<Long, String> texts = new TreeMap<>();
    session.each(sql, row -> texts.put(row.getLong(1), row.getString(2)));
    return texts;
  }

  @Override
  public void close() throws SQLException {
    session.close();
    writer.close();
    database.close();
  }
}
