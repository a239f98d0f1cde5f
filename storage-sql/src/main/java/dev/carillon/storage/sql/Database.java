package dev.carillon.storage.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.engine.files.OwnerOnly;
import dev.carillon.engine.port.NewerFormatException;
import dev.carillon.engine.port.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * The SQLite file: one connection that writes, a few that read. SQLite allows one writer at a time,
 * so writers of this process wait for the connection in turn instead of for the file's lock; other
 * processes on the same file are waited for by SQLite. Thread-safe.
 */
final class Database implements AutoCloseable {
  /** How long a write waits for other processes before it fails. */
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(15);

  private static final int READERS = 4;

  private final HikariDataSource writer;
  private final HikariDataSource readers;
  private final DSLContext writing;
  private final DSLContext reading;

  /** Connections to a file that has all its tables. */
  Database(DataSource file) {
    writer = pool("metadata-writer", file, 1, false);
    readers = pool("metadata-readers", file, READERS, true);
    writing = DSL.using(writer, SQLDialect.SQLITE);
    reading = DSL.using(readers, SQLDialect.SQLITE);
  }

  /**
   * Opens the file, creating or migrating it as needed.
   *
   * @throws NewerFormatException when a newer version of the program wrote it; nothing is changed
   */
  static Database open(Path path) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        OwnerOnly.folder(folder);
      }
      // SQLite gives the files beside it the permissions that it has.
      OwnerOnly.touch(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DataSource file = file(path);
    Flyway flyway =
        Flyway.configure()
            .dataSource(file)
            .locations("classpath:db/metadata")
            .table("schema_history")
            .load();
    refuseNewer(flyway, path);
    flyway.migrate();
    return new Database(file);
  }

  /** Flyway by itself goes on with a file that holds migrations which it does not know. */
  private static void refuseNewer(Flyway flyway, Path path) {
    for (MigrationInfo migration : flyway.info().all()) {
      MigrationState state = migration.getState();
      if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
        throw new NewerFormatException(
            path
                + " was written by a newer version of Carillon: it holds the change "
                + migration.getVersion()
                + " ("
                + migration.getDescription()
                + "), which this program does not know.");
      }
    }
  }

  /** Connections to the file as this store makes them. */
  static DataSource file(Path path) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
    // A transaction that starts by reading could not become a writer when another wrote meanwhile.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + path.toAbsolutePath());
    return source;
  }

  private static HikariDataSource pool(String name, DataSource file, int size, boolean readOnly) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(file);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(BUSY_TIMEOUT.plusSeconds(5).toMillis());
    config.setMaxLifetime(0);
    if (readOnly) {
      config.setConnectionInitSql("pragma query_only = on");
    }
    return new HikariDataSource(config);
  }

  <T> T read(Function<DSLContext, T> work) {
    return orUnavailable(() -> work.apply(reading));
  }

  /** Runs the work in one transaction: all of it is kept, durably, or none. */
  <T> T write(Function<DSLContext, T> work) {
    return orUnavailable(
        () -> writing.transactionResult(transaction -> work.apply(transaction.dsl())));
  }

  private static <T> T orUnavailable(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataAccessException e) {
      SQLException cause = e.getCause(SQLException.class);
      if (cause != null && cause.getErrorCode() == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
        throw new IllegalArgumentException("does not fit what is kept", e);
      }
      throw new StoreUnavailableException("the metadata database does not answer", e);
    }
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }
}
