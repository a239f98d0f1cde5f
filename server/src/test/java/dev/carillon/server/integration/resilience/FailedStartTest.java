package dev.carillon.server.integration.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.files.OwnerOnly;
import dev.carillon.server.Carillon;
import dev.carillon.server.wiring.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails says why in one line, to people who have no source at hand. */
class FailedStartTest {
  @TempDir private Path folder;

  @Test
  void mistakesInTheSettingsAreNamedAtOnceAndWithoutATrace() throws Exception {
    assertThat(
            said(
                Map.of(
                    "CARILLON_INTAKECAPACITY", "5",
                    "CARILLON_MEMORYLIMITMB", "much",
                    "CARILLON_ZONES", "UTC")))
        .containsExactlyInAnyOrder(
            "Error: The settings cannot be used:",
            "  carillon.intake-capacity must be between 1000 and 10000000, not \"5\".",
            "  carillon.memory-limit-mb must be a whole number, not \"much\".",
            "  CARILLON_ZONES, in the environment, is the name of no setting. The nearest is"
                + " CARILLON_ZONE.");
  }

  @Test
  void aFolderThatCannotBeOpenedIsExplainedInOneLineAndByTheTraceWhenAsked() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    DataFolder.openMetadata(data).close();
    Files.writeString(Files.createDirectories(data.resolve("facts")).resolve("facts.duckdb"), "no");
    OwnerOnly.tighten(data);
    List<String> said = said(Map.of());
    assertThat(said).hasSize(1);
    assertThat(said.getFirst()).startsWith("Error: ").contains("facts.duckdb");

    assertThat(said(Map.of("CARILLON_DEBUG", "1")))
        .contains(said.getFirst())
        .anyMatch(line -> line.contains("at dev.carillon.server.command"));
  }

  /** What a start that fails writes, without what the JVM itself warns of. */
  private List<String> said(Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder process =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Carillon.class.getName(),
            "serve",
            "--port",
            "0",
            "--data",
            folder.resolve("data").toString());
    process.environment().putAll(environment);
    int exit = process.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
    assertThat(exit).isEqualTo(1);
    return Files.readAllLines(output).stream().filter(line -> !line.startsWith("WARNING")).toList();
  }
}
