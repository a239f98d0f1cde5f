package dev.carillon.storage.embedded.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that writes into a store and says which numbers are done, until it is killed. */
final class KilledProcess {

  private KilledProcess() {}

  /**
   * Lets a process work until it has said so many numbers, kills it, and reads to the end.
   *
   * @param main takes the store's folder and the number to begin with, and prints a number a line
   */
  static List<Integer> done(Class<?> main, Path folder, int from, int atLeast)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx400m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                folder.toString(),
                String.valueOf(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Integer> done = new ArrayList<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        done.add(Integer.valueOf(line));
        if (done.size() == atLeast) {
          process.toHandle().destroyForcibly(); // unlike the process's own, it leaves the pipe open
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as("killed, not ended").isEqualTo(137);
    return List.copyOf(done);
  }
}
