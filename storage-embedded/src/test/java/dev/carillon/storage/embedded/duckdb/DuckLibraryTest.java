package dev.carillon.storage.embedded.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that were killed must not fill the temporary folder one library after the other. */
class DuckLibraryTest {
  private static final Instant BEFORE = Instant.parse("2026-11-30T10:00:00Z");

  @TempDir private Path folder;

  @Test
  void whatKilledProcessesLeftIsDeletedAndNothingElse() throws IOException {
    Path old = file("libduckdb_java123.so", BEFORE.minusSeconds(1));
    Path fresh = file("libduckdb_java456.so", BEFORE.plusSeconds(1));
    Path another = file("somebody-elses.so", BEFORE.minusSeconds(1));

    DuckLibrary.deleteLeftBehind(folder, BEFORE);

    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
    assertThat(another).exists();
  }

  private Path file(String name, Instant modified) throws IOException {
    Path file = Files.createFile(folder.resolve(name));
    return Files.setLastModifiedTime(file, FileTime.from(modified));
  }
}
