package dev.carillon.server.integration.harness;

import dev.carillon.server.Carillon;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a separate process, so that it can be killed. */
public final class ServerProcess {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Pattern ADDRESS = Pattern.compile("Carillon is ready: (\\S+)");

  private final Process process;
  private final Path output;

  private ServerProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it and returns at once. */
  public static ServerProcess launch(int port, Path data, String key, Path output)
      throws IOException {
    return launch(
        output,
        "serve",
        "--port",
        Integer.toString(port),
        "--data",
        data.toString(),
        "--api-key",
        key);
  }

  /** Starts a command and returns at once. */
  public static ServerProcess launch(Path output, String... command) throws IOException {
    return launch(List.of(), "512m", output, command);
  }

  /**
   * Starts a command and returns at once.
   *
   * @param heap the most heap, as the JVM takes it
   */
  public static ServerProcess launchWithHeap(String heap, Path output, String... command)
      throws IOException {
    return launch(List.of(), heap, output, command);
  }

  /**
   * Starts a command by way of another one, and returns at once.
   *
   * @param prefix a command that executes the one that follows it in its own place
   */
  public static ServerProcess launch(List<String> prefix, Path output, String... command)
      throws IOException {
    return launch(prefix, "512m", output, command);
  }

  private static ServerProcess launch(
      List<String> prefix, String heap, Path output, String... command) throws IOException {
    ArrayList<String> words = new ArrayList<>(prefix);
    words.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Carillon.class.getName()));
    words.addAll(List.of(command));
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    return new ServerProcess(process, output);
  }

  /** Waits until it listens. */
  public ServerProcess ready() {
    try {
      Await.until("the server listens", START, () -> hasAnnounced() || !process.isAlive());
    } catch (AssertionError late) {
      throw new AssertionError("the server does not listen; it said:\n" + said(), late);
    }
    if (!process.isAlive()) {
      throw new AssertionError("the server did not start:\n" + said());
    }
    return this;
  }

  public long pid() {
    return process.pid();
  }

  /** The address that it announced. */
  public URI address() {
    Matcher address = ADDRESS.matcher(said());
    if (!address.find()) {
      throw new AssertionError("no address in:\n" + said());
    }
    return URI.create(address.group(1));
  }

  private boolean hasAnnounced() {
    return said().contains("Carillon is ready");
  }

  /** All that it has written so far. */
  public String said() {
    try {
      return Files.readString(output);
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** Kills it as nothing can be caught: no handler runs, nothing is flushed. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to end, as an operator does. */
  public void askToEnd() {
    process.destroy();
  }

  /** Waits until it has ended. */
  public void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** Ends it as an operator does. */
  public void close() throws InterruptedException {
    askToEnd();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
