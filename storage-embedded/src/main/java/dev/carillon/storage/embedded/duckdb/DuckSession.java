package dev.carillon.storage.embedded.duckdb;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * SQL on one DuckDB connection. Parameters may be texts, numbers, booleans, instants, and arrays of
 * int, long or text. Not thread-safe, but for {@link #interrupt()}.
 */
public final class DuckSession implements AutoCloseable {

  /** Makes something of a row. */
  public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /** Takes a row. */
  public interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }

  /** Takes some thousand rows at once, column by column. */
  public interface ChunkConsumer {
    void accept(DuckDBDataChunkReader chunk) throws SQLException;
  }

  private final DuckDBConnection connection;
  private volatile @Nullable Statement running;

  DuckSession(DuckDBConnection connection) {
    this.connection = connection;
  }

  public DuckDBConnection connection() {
    return connection;
  }

  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      running = statement;
      statement.execute(sql);
    } finally {
      running = null;
    }
  }

  /** Changes rows and says how many. */
  public long update(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      running = statement;
      return statement.executeLargeUpdate();
    } finally {
      running = null;
    }
  }

  public void each(String sql, RowConsumer consumer, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      running = statement;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          consumer.accept(rows);
        }
      }
    } finally {
      running = null;
    }
  }

  public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... parameters)
      throws SQLException {
    ArrayList<T> list = new ArrayList<>();
    each(sql, row -> list.add(mapper.map(row)), parameters);
    return list;
  }

  /** The first row; empty when there is none. */
  public <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters)
      throws SQLException {
    return list(sql, mapper, parameters).stream().findFirst();
  }

  /** The number in the first column of the first row; 0 when there is none. */
  public long number(String sql, @Nullable Object... parameters) throws SQLException {
    return first(sql, row -> row.getLong(1), parameters).orElse(0L);
  }

  public void chunks(String sql, ChunkConsumer consumer, @Nullable Object... parameters)
      throws SQLException {
    try (DuckDBPreparedStatement statement = connection.prepare(sql)) {
      bind(statement, parameters);
      running = statement;
      try (DuckDBChunkedResult result = statement.query()) {
        while (result.nextChunk()) {
          consumer.accept(result.chunk());
        }
      }
    } finally {
      running = null;
    }
  }

  /**
   * Writes rows to a table. Whoever is done flushes it: closing writes what is left as well, but
   * does not say when that fails, and only the transaction is found aborted later.
   */
  public DuckDBAppender appender(String table) throws SQLException {
    return connection.createAppender(table);
  }

  /** The same for a temporary table. */
  public DuckDBAppender temporaryAppender(String table) throws SQLException {
    return connection.createAppender("temp", "main", table);
  }

  /** Makes the statement that runs, if one does, fail soon. From any thread. */
  public void interrupt() {
    Statement statement = running;
    if (statement == null) {
      return;
    }
    try {
      statement.cancel();
    } catch (SQLException ended) {
      // it needs no interrupting any more
    }
  }

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(instantOrNull(row, column), column);
  }

  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    LocalDateTime time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  private void bind(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      switch (parameters[i]) {
        case Instant instant ->
            statement.setObject(i + 1, LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        case int[] numbers ->
            statement.setObject(
                i + 1,
                connection.createArrayOf("INTEGER", Arrays.stream(numbers).boxed().toArray()));
        case long[] numbers ->
            statement.setObject(
                i + 1,
                connection.createArrayOf("BIGINT", Arrays.stream(numbers).boxed().toArray()));
        case String[] texts ->
            statement.setObject(i + 1, connection.createArrayOf("VARCHAR", texts));
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        case null -> statement.setObject(i + 1, null);
        case Object other -> statement.setObject(i + 1, other);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
