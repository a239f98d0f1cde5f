package dev.carillon.server.command;

import dev.carillon.server.settings.StartupProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data folder that a command works on. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "data folder (default: data)")
  private Path folder = Path.of("data");

  Path folder() {
    return folder;
  }

  /**
   * The folder, which is there.
   *
   * @throws StartupProblem when it is not
   */
  Path existing() {
    if (!Files.isDirectory(folder)) {
      throw new StartupProblem("There is no data folder " + folder + ".");
    }
    return folder;
  }
}
