package dev.carillon.server.wiring;

import dev.carillon.engine.files.OwnerOnly;
import dev.carillon.server.settings.StartupProblem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where files of forms wait until they have been dealt with: for the owner's eyes only. */
final class UploadFolder {
  private UploadFolder() {}

  /** Makes the folder, or deletes what a process that ended has left in it. */
  static Path clean(Path folder) {
    try {
      OwnerOnly.folder(folder);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
        for (Path file : left) {
          Files.deleteIfExists(file);
        }
      }
      return folder;
    } catch (IOException problem) {
      throw new StartupProblem(
          "The folder " + folder + " cannot be used: " + problem.getMessage(), problem);
    }
  }
}
