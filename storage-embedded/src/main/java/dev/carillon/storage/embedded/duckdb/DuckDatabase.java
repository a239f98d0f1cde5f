package dev.carillon.storage.embedded.duckdb;

import dev.carillon.engine.files.OwnerOnly;
import dev.carillon.engine.port.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DuckDB file: one root connection for life, and a duplicate for each use. Thread-safe.
 *
 * <p>After some failures (a full disk while committing) DuckDB takes no more work until the file is
 * opened again; {@link #reopen()} does that.
 */
public final class DuckDatabase implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DuckDatabase.class);

  /** Reads something over a session of its own. */
  public interface Reading<T> {
    T read(DuckSession session) throws SQLException;
  }

  private final Path file;
  private final Properties properties;
  private DuckDBConnection root;
  private boolean closed;

  /**
   * @param folder where its file lies, or is made
   * @param memoryMegabytes how much memory DuckDB takes besides the Java heap
   * @param threads how many threads a statement takes at most
   */
  public DuckDatabase(Path folder, int memoryMegabytes, int threads) throws SQLException {
    this.file = folder.resolve("facts.duckdb");
    this.properties = new Properties();
    properties.setProperty("memory_limit", memoryMegabytes + "MB");
    properties.setProperty("threads", String.valueOf(threads));
    properties.setProperty("temp_directory", folder.resolve("facts.tmp").toString());
    properties.setProperty("checkpoint_threshold", "128MB");
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    this.root = connect();
    OwnerOnly.restrict(file);
    try {
      FactSchema.create(root);
    } catch (SQLException | RuntimeException failed) {
      root.close();
      throw failed;
    }
  }

  private DuckDBConnection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:" + file, properties)
        .unwrap(DuckDBConnection.class);
  }

  /** A session for one thread. */
  public synchronized DuckSession session() throws SQLException {
    if (closed) {
      throw new StoreUnavailableException("the store is closed");
    }
    return new DuckSession(root.duplicate());
  }

  /**
   * Reads in one transaction.
   *
   * @throws StoreUnavailableException when it cannot be read
   */
  public <T> T read(Reading<T> reading) {
    try (DuckSession session = session()) {
      session.execute("BEGIN TRANSACTION");
      T result = reading.read(session);
      session.execute("COMMIT");
      return result;
    } catch (SQLException failed) {
      throw new StoreUnavailableException("the store cannot be read", failed);
    }
  }

  /** Closes and opens the file again; sessions of before are dead. */
  public synchronized void reopen() throws SQLException {
    if (closed) {
      throw new StoreUnavailableException("the store is closed");
    }
    root.close();
    root = connect();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (DuckSession session = new DuckSession(root.duplicate())) {
      session.execute("CHECKPOINT");
    } catch (SQLException failed) {
      log.warn("no checkpoint at closing; the next start reads the write-ahead log", failed);
    }
    try {
      root.close();
    } catch (SQLException failed) {
      log.warn("closing the database failed", failed);
    }
  }
}
