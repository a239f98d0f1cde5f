package dev.carillon.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long {@code carillon serve} takes on an empty folder, from the command to the ready line. */
final class StartBenchmark implements Benchmark {
  private static final int STARTS = 3;
  private static final double MOST_SECONDS = 3;
  private static final String READY = "Carillon is ready";

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String what() {
    return "carillon serve on an empty folder, from the command to the ready line, median of "
        + STARTS;
  }

  @Override
  public List<Figure> run(Sizes sizes, TempFolder folder) throws Exception {
    Path script = script();
    Samples seconds = new Samples();
    for (int start = 0; start < STARTS; start++) {
      seconds.add(start(script, folder.at("data-" + start)));
    }
    return List.of(
        Figure.within(
            script == null ? "start (plain java command)" : "start (./carillon serve)",
            seconds.median(),
            MOST_SECONDS));
  }

  private static double start(@Nullable Path script, Path data) throws IOException {
    List<String> command = new ArrayList<>(script == null ? java() : List.of(script.toString()));
    command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
    long began = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      StringBuilder all = new StringBuilder();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(READY)) {
          return Samples.secondsSince(began);
        }
        all.append(line).append('\n');
      }
      throw new IllegalStateException("the server did not start: " + all);
    } finally {
      end(process);
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx2g",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-XX:+UseCompactObjectHeaders",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.carillon.server.Carillon");
  }

  /** The command in the folder that this program was built in; null when it runs elsewhere. */
  private static @Nullable Path script() {
    Path first = Path.of(System.getProperty("java.class.path").split(":", 2)[0]).toAbsolutePath();
    for (Path folder = first.getParent(); folder != null; folder = folder.getParent()) {
      Path script = folder.resolve("carillon");
      if (Files.isExecutable(script) && Files.isRegularFile(folder.resolve("pom.xml"))) {
        return script;
      }
    }
    return null;
  }
}
