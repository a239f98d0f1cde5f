package dev.carillon.storage.embedded.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.DataLimits;
import dev.carillon.core.user.Identity;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data from before there were limits, and much data at once, in a process with little memory. */
class LittleMemoryTest {
  @TempDir private Path folder;

  @Test
  void profilesAndRecordsBeyondTheLimitsAndMuchAtOnceNeedLittleMemory() throws Exception {
    keepAProfileFromBeforeThereWereLimits();
    keepMoreAliasesAndTombstonesThanFitTheMemory();
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx112m",
                "-cp",
                System.getProperty("java.class.path"),
                LittleMemoryProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said;
    try (BufferedReader lines = process.inputReader()) {
      said = lines.lines().toList();
    } finally {
      process.destroy();
    }

    assertThat(said).contains("events " + LittleMemoryProcess.EVENTS);
    // each huge change of ann, and the list and the past that were too large of huge
    assertThat(said).contains("refused " + (LittleMemoryProcess.HUGE_CHANGES + 1));
    assertThat(said).contains("ann null " + "{\"n\":12}".length());
    assertThat(said).contains("huge 919876543210 " + KEPT.length());
    assertThat(said).contains("small null " + "{\"a\":1}".length());
    assertThat(said).contains("caller subscribed false");
  }

  private static final String KEPT =
      "{\"MSG-whatsapp\":false,\"Name\":\"H\",\"Phone\":\"+919876543210\",\"city\":\"Pune\"}";

  private void keepAProfileFromBeforeThereWereLimits() throws SQLException {
    try (DuckDatabase database = LittleMemoryProcess.settings(folder).openDatabase();
        DuckSession session = database.session()) {
      insert(session, "small", "'{\"a\":1}'", "'{\"a\":5}'");
      insert(
          session,
          "huge",
          "'{\"list\":[' || repeat('1,', 20000000) || '1],' || '" + KEPT.substring(1) + "'",
          "'{\"list\":5,\"MSG-whatsapp\":5,\"Name\":5,\"Phone\":5,"
              + "\"city\":{\"t\":5,\"v\":\"Pune\",\"o\":[[6,\"$remove\",['"
              + " || repeat('1,', 5000000) || '1]]]}}'");
      assertThat(
              session.number(
                  "SELECT count(*) FROM profile WHERE strlen(properties) > ?",
                  100L * DataLimits.PROFILE_BYTES))
          .isEqualTo(1);
    }
  }

  private void keepMoreAliasesAndTombstonesThanFitTheMemory() throws SQLException {
    try (DuckDatabase database = LittleMemoryProcess.settings(folder).openDatabase();
        DuckSession session = database.session()) {
      session.execute(
          "INSERT INTO address_alias SELECT 'whatsapp', '"
              + LittleMemoryProcess.PROVIDER_PREFIX
              + "' || (10000000 + i), '"
              + LittleMemoryProcess.OUR_PREFIX
              + "' || (10000000 + i) FROM range(600000) t(i)");
      session.execute(
          "INSERT INTO tombstone SELECT i % 2, hash(i)::UBIGINT::HUGEINT - (1::HUGEINT << 63),"
              + " TIMESTAMP '2026-11-20' FROM range(600000) t(i)");
    }
  }

  private static void insert(DuckSession session, String name, String properties, String past)
      throws SQLException {
    Identity identity = Identity.user(name);
    session.execute(
        "INSERT INTO profile SELECT "
            + identity.key()
            + ", '"
            + identity.stored()
            + "', "
            + properties
            + ", "
            + past
            + ", NULL, TIMESTAMP '2026-11-20', TIMESTAMP '2026-11-21', 0, ''");
  }
}
