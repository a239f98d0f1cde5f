package dev.carillon.server.command;

import dev.carillon.server.settings.StartupProblem;
import dev.carillon.server.wiring.ServerConfiguration;
import dev.carillon.server.wiring.StoreWiring;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The server in this process, from its start until it is closed. */
public final class RunningServer implements AutoCloseable {
  /** The exit code of a command that goes on in the background until the process is stopped. */
  public static final int RUNNING = -1;

  private final ConfigurableApplicationContext context;

  private RunningServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts the server and returns when it listens.
   *
   * @param settings settings by name; they win over file and environment
   * @param beans may put parts in place of the usual ones before anything is made
   * @throws StartupProblem when it cannot start, with what to do
   */
  public static RunningServer start(
      Map<String, Object> settings, Consumer<ConfigurableListableBeanFactory> beans) {
    StoreWiring.prepare();
    SpringApplication application = new SpringApplication(ServerConfiguration.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setRegisterShutdownHook(true);
    application.setLogStartupInfo(false);
    application.setDefaultProperties(Map.of());
    application.addInitializers(
        context -> {
          context
              .getEnvironment()
              .getPropertySources()
              .addFirst(new MapPropertySource("command line", settings));
          refuseMistakes(SettingsCheck.mistakes(context.getEnvironment()));
          beans.accept(context.getBeanFactory());
        });
    Object location = settings.get("spring.config.additional-location");
    String[] arguments =
        location == null
            ? new String[0]
            : new String[] {"--spring.config.additional-location=" + location};
    try {
      return new RunningServer(application.run(arguments));
    } catch (RuntimeException problem) {
      throw explained(problem);
    }
  }

  private static RuntimeException explained(RuntimeException problem) {
    Optional<StartupProblem> words =
        cause(problem, PortInUseException.class)
            .map(
                inUse ->
                    "The port "
                        + inUse.getPort()
                        + " is in use already. Stop what uses it, or choose another one with"
                        + " --port.")
            .or(() -> cause(problem, BindException.class).map(RunningServer::words))
            .map(text -> new StartupProblem(text, problem));
    return words.isPresent() ? words.get() : problem;
  }

  private static void refuseMistakes(List<String> mistakes) {
    if (!mistakes.isEmpty()) {
      throw new StartupProblem(
          mistakes.stream()
              .map(mistake -> System.lineSeparator() + "  " + mistake)
              .collect(Collectors.joining("", "The settings cannot be used:", "")));
    }
  }

  /** One of the framework's own settings; without its value, which may be secret. */
  private static String words(BindException refused) {
    return "The setting " + refused.getName() + " cannot be used.";
  }

  private static <T extends Throwable> Optional<T> cause(Throwable problem, Class<T> type) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }

  /** The parts of the server. */
  public ApplicationContext context() {
    return context;
  }

  /** The address of the dashboard on this machine. */
  public URI address() {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    return URI.create("http://localhost:" + port);
  }

  /** Does something when the process ends, after the server has. */
  static void afterEnd(Runnable action) {
    SpringApplication.getShutdownHandlers().add(action);
  }

  /** Says where the server is reached, once it is ready. */
  @SuppressWarnings("SystemOut") // the one line that a person waits for
  public void announce() {
    System.out.println("Carillon is ready: " + address());
    System.out.flush();
  }

  @Override
  public void close() {
    context.close();
  }
}
