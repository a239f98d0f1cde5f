package dev.carillon.storage.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteDataSource;

/** Makes metadata files as earlier versions left them. */
final class OlderMetadata {
  private OlderMetadata() {}

  /**
   * A file that a version made.
   *
   * @param version the last migration that it knew
   * @param statements what it wrote, separated by semicolons
   */
  static Path write(Path folder, String version, String statements) throws Exception {
    Path path = folder.resolve("metadata.db");
    SQLiteDataSource file = new SQLiteDataSource();
    file.setUrl("jdbc:sqlite:" + path);
    Flyway.configure()
        .dataSource(file)
        .locations("classpath:db/metadata")
        .table("schema_history")
        .target(version)
        .load()
        .migrate();
    try (Connection connection = file.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements.split(";", -1)) {
        statement.execute(sql);
      }
    }
    return path;
  }
}
