package dev.carillon.server;

import dev.carillon.channels.support.http.IdleConnections;
import dev.carillon.server.command.DeadLettersCommand;
import dev.carillon.server.command.DemoCommand;
import dev.carillon.server.command.ImportCommand;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.command.SalvageCommand;
import dev.carillon.server.command.ServeCommand;
import dev.carillon.server.command.UserCommand;
import dev.carillon.server.command.VerifyCommand;
import dev.carillon.server.settings.StartupProblem;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: its first argument says what to do. */
@Command(
    name = "carillon",
    mixinStandardHelpOptions = true,
    description = "A self-hosted campaign engine with exact, live statistics.",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      VerifyCommand.class,
      ImportCommand.class,
      UserCommand.class,
      DeadLettersCommand.class,
      SalvageCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Carillon {

  private Carillon() {}

  public static void main(String[] args) {
    IdleConnections.limit();
    System.setProperty("java.awt.headless", "true");
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    int exit =
        new CommandLine(new Carillon())
            .setExecutionExceptionHandler(Carillon::explain)
            .execute(args);
    if (exit != RunningServer.RUNNING) {
      System.exit(exit);
    }
  }

  private static int explain(
      Exception problem, CommandLine command, CommandLine.ParseResult arguments) {
    Throwable cause = problem;
    while (cause.getCause() != null && !(cause instanceof StartupProblem)) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    command.getErr().println("Error: " + (message == null ? cause : message));
    if (System.getenv("CARILLON_DEBUG") != null) {
      problem.printStackTrace(command.getErr());
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
