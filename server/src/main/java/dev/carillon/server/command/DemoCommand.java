package dev.carillon.server.command;

import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.server.demo.Demo;
import dev.carillon.server.settings.StartupProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code carillon demo}: a lifelike shop on simulated providers. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Starts with simulated providers and lifelike users, past campaigns and one that is sending"
            + " now.")
public final class DemoCommand implements Callable<Integer> {

  @Mixin private final ServerOptions options = new ServerOptions();

  @Option(
      names = "--scale",
      paramLabel = "N",
      defaultValue = "1",
      description = "how large the shop is: 1 is 20,000 users")
  private double scale;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (!(scale >= 0.01 && scale <= 100)) {
      throw new StartupProblem("--scale is 0.01 to 100.");
    }
    PrintWriter out = command.commandLine().getOut();
    Path data = dataFolder();
    String password = random();
    String key = options.apiKey == null ? random() + random() : options.apiKey;
    Map<String, Object> settings = options.settings();
    settings.put("carillon.data", data.toString());
    settings.put("carillon.api-key", key);
    settings.put("carillon.admin-password", password);
    Demo demo =
        new Demo(
            Instant.now(),
            scale,
            line -> {
              out.println(line);
              out.flush();
            });
    RunningServer.afterEnd(() -> end(demo, data));
    RunningServer server =
        RunningServer.start(settings, beans -> beans.registerSingleton("clock", demo.clock()));
    demo.fill(server.address(), key);
    demo.live(server.address(), key, server.context().getBean(ProcessHealth.class));
    server.announce();
    out.println("Log in as admin with the password " + password);
    out.flush();
    return RunningServer.RUNNING;
  }

  /** The given folder, which must be empty, or one that goes when the process ends. */
  private Path dataFolder() throws IOException {
    if (options.data == null) {
      return Files.createTempDirectory("carillon-demo-");
    }
    Path folder = options.data.toAbsolutePath();
    Files.createDirectories(folder);
    try (Stream<Path> there = Files.list(folder)) {
      if (there.findAny().isPresent()) {
        throw new StartupProblem(
            "The demo fills an empty folder, and "
                + folder
                + " is not empty. Name another one, or look at this one with: carillon serve --data"
                + " "
                + folder);
      }
    }
    return folder;
  }

  /** The providers answer until the last call has ended; only then does their world end. */
  private void end(Demo demo, Path data) {
    demo.close();
    if (options.data == null) {
      delete(data);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(f -> f.delete());
    } catch (IOException alreadyGone) {
      // a temporary folder that stays behind does no harm
    }
  }

  private static String random() {
    byte[] bytes = new byte[8];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
