package dev.carillon.server.command;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.server.access.Role;
import dev.carillon.server.access.login.Logins;
import dev.carillon.server.settings.StartupProblem;
import dev.carillon.server.wiring.DataFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carillon user}: logins from the command line; it works beside a running server. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    description =
        "Lists, adds and removes logins, sets passwords and roles, and makes links to sign in by.")
public final class UserCommand implements Callable<Integer> {
  enum Action {
    LIST,
    ADD,
    PASSWORD,
    ROLE,
    LINK,
    REMOVE
  }

  private static final String ACTIONS = "list, add, password, role, link or remove";
  private static final String ROLES = "admin, marketer or viewer";

  @Parameters(index = "0", paramLabel = "ACTION", description = ACTIONS)
  private String action = "list";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "the login's name")
  private @Nullable String name;

  @Option(names = "--role", description = ROLES + "; a new login is a marketer without it")
  private @Nullable String role;

  @Option(
      names = "--password",
      interactive = true,
      arity = "0",
      description = "asks for the password; without it one is generated and shown once")
  private @Nullable String password;

  @Option(
      names = "--password-stdin",
      description = "reads the password from the first line of the standard input")
  private boolean passwordFromInput;

  @Mixin private DataOption dataOption = new DataOption();

  @Spec private CommandSpec command = CommandSpec.create();

  private final InputStream input;

  public UserCommand() {
    this(System.in);
  }

  UserCommand(InputStream input) {
    this.input = input;
  }

  @Override
  public Integer call() {
    Action wanted = constant(Action.class, action, ACTIONS);
    try (MetadataStore metadata = DataFolder.openMetadata(dataOption.folder())) {
      Logins logins = Logins.of(metadata, InstantSource.system());
      switch (wanted) {
        case LIST -> logins.list().forEach(login -> print(login.name() + "  " + login.role()));
        case ADD -> add(logins, named());
        case PASSWORD -> changePassword(logins, named());
        case ROLE -> changeRole(logins, named());
        case LINK -> link(logins, named());
        case REMOVE -> remove(logins, named());
      }
    } catch (IllegalArgumentException refused) {
      throw new StartupProblem(String.valueOf(refused.getMessage()), refused);
    }
    return 0;
  }

  private void add(Logins logins, String login) {
    Role as = role == null ? Role.MARKETER : constant(Role.class, role, ROLES);
    String given = givenPassword();
    String chosen = given == null ? Logins.freshPassword() : given;
    logins.add(login, chosen, as, Actor.COMMAND_LINE);
    print("The login " + login + " is there" + withPassword(given, chosen));
  }

  private void changePassword(Logins logins, String login) {
    String given = givenPassword();
    String chosen = given == null ? Logins.freshPassword() : given;
    logins.changePassword(login, chosen, Actor.COMMAND_LINE);
    print("The login " + login + " is changed" + withPassword(given, chosen));
  }

  private static String withPassword(@Nullable String given, String chosen) {
    return given == null ? ", with the password " + chosen + " (shown once)." : ".";
  }

  private void changeRole(Logins logins, String login) {
    if (role == null) {
      throw new StartupProblem(
          "Say which role: carillon user role " + login + " --role ROLE, one of " + ROLES + ".");
    }
    logins.changeRole(login, constant(Role.class, role, ROLES), Actor.COMMAND_LINE);
    print("The login " + login + " has the role " + role + ".");
  }

  private @Nullable String givenPassword() {
    return passwordFromInput ? firstLine() : password;
  }

  private String firstLine() {
    try {
      String line =
          new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    } catch (IOException failed) {
      throw new StartupProblem("The standard input cannot be read.", failed);
    }
  }

  private void link(Logins logins, String login) {
    String link = logins.link(login, Actor.COMMAND_LINE);
    print(
        "With the browser to sign in with, open this at the server's address within 15 minutes;"
            + " then other people's failed tries do not delay yours:");
    print(link);
  }

  private void remove(Logins logins, String login) {
    if (!logins.delete(login, Actor.COMMAND_LINE)) {
      throw new StartupProblem("There is no login " + login + ".");
    }
    print("The login " + login + " is gone.");
  }

  private String named() {
    if (name == null || name.isBlank()) {
      throw new StartupProblem("Say which login: carillon user " + action + " NAME");
    }
    return name;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text, String known) {
    Function<E, String> key = constant -> constant.name().toLowerCase(Locale.ROOT);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> key.apply(constant).equals(text))
        .findFirst()
        .orElseThrow(() -> new StartupProblem("'" + text + "' is none of " + known + "."));
  }

  private void print(String line) {
    command.commandLine().getOut().println(line);
    command.commandLine().getOut().flush();
  }
}
