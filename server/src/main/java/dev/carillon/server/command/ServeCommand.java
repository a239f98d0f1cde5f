package dev.carillon.server.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code carillon serve}: the real thing. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs Carillon until it is stopped.")
public final class ServeCommand implements Callable<Integer> {

  @Mixin private final ServerOptions options = new ServerOptions();

  @Override
  public Integer call() {
    RunningServer server = RunningServer.start(options.settings(), beans -> {});
    server.announce();
    return RunningServer.RUNNING;
  }
}
