package dev.carillon.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.port.facts.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only its owner can read a data folder, also one that was made before. */
class PermissionsTest {
  @TempDir private Path folder;

  @Test
  void aFolderAndAllInItIsForItsOwnerOnly() throws IOException {
    Path data = folder.resolve("new/data");
    DataFolder.open(data, 256, InstantSource.system()).close();
    assertThat(open(folder.resolve("new"))).isEmpty();

    try (Stream<Path> all = Files.walk(data)) {
      for (Path one : all.toList()) {
        Files.setPosixFilePermissions(
            one,
            PosixFilePermissions.fromString(Files.isDirectory(one) ? "rwxr-xr-x" : "rw-rw-r--"));
      }
    }
    Path script = Files.writeString(data.resolve("somebody's script"), "");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path linked = Files.writeString(folder.resolve("elsewhere"), "");
    Files.setPosixFilePermissions(linked, PosixFilePermissions.fromString("rw-r--r--"));
    Files.createSymbolicLink(data.resolve("link"), linked);

    try (DataFolder tightened = DataFolder.open(data, 256, InstantSource.system())) {
      Identity ann = Identity.user("ann");
      Instant now = Instant.EPOCH;
      tightened
          .facts()
          .append(List.of(new Entry.OfProfile(new ProfileChange(ann, ann.key(), "{}", now, now))));
      tightened.facts().settle();
      // DuckDB makes this one as the process may; the folder keeps others out.
      assertThat(open(data)).isSubsetOf("facts.duckdb.wal");
    }
    assertThat(Files.getPosixFilePermissions(script))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(linked))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
  }

  /** What others may do anything with. */
  private static List<String> open(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(one -> !Files.isSymbolicLink(one))
          .filter(
              one -> {
                try {
                  return !PosixFilePermissions.toString(Files.getPosixFilePermissions(one))
                      .endsWith("------");
                } catch (IOException gone) {
                  return false;
                }
              })
          .map(one -> one.getFileName().toString())
          .toList();
    }
  }
}
