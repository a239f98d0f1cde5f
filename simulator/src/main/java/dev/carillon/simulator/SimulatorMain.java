package dev.carillon.simulator;

import dev.carillon.simulator.meta.WhatsAppLimits;
import dev.carillon.simulator.meta.WhatsAppSettings;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.time.SimulatedTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Runs the simulator as a separate process until it is ended. */
public final class SimulatorMain {

  private static final Set<String> OPTIONS =
      Set.of("port", "seed", "people-speed", "messages-per-second", "chaos", "start", "speed");
  private static final String USAGE =
      """
      options, each followed by a value:
        --port N                 port on the loopback interface (8090; 0: any free one)
        --seed N                 seed of everything that is drawn (1)
        --people-speed X         how many times faster than life people react (1)
        --messages-per-second N  what a number may send (80; 0: no limit)
        --chaos none|ordinary    how badly callbacks behave (none)
        --start INSTANT          simulated time to start at (the wall clock's)
        --speed X                speed of simulated time from --start on; 0: stopped (1)
      """;

  private SimulatorMain() {}

  /** See {@code --help}. */
  public static void main(String[] arguments) throws InterruptedException {
    SimulatorSettings settings;
    SimulatedTime time;
    int port;
    try {
      Map<String, String> options = parse(arguments);
      settings = settings(options);
      time = time(options);
      port = Integer.parseInt(options.getOrDefault("port", "8090"));
    } catch (RuntimeException e) {
      System.err.println(e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    SimulatorServer server = SimulatorServer.start(port, settings, time);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println("Simulator is ready: " + server.baseUrl());
    Thread.currentThread().join();
  }

  static Map<String, String> parse(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
      if (!OPTIONS.contains(name)) {
        throw new IllegalArgumentException("unknown option " + arguments[i]);
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException("no value for " + arguments[i]);
      }
      options.put(name, arguments[i + 1]);
    }
    return options;
  }

  static SimulatorSettings settings(Map<String, String> options) {
    int rate = Integer.parseInt(options.getOrDefault("messages-per-second", "80"));
    double pace = Double.parseDouble(options.getOrDefault("people-speed", "1"));
    WebhookChaos chaos =
        switch (options.getOrDefault("chaos", "none")) {
          case "none" -> WebhookChaos.none();
          case "ordinary" -> WebhookChaos.ordinary();
          default -> throw new IllegalArgumentException("--chaos is none or ordinary");
        };
    return SimulatorSettings.seeded(Long.parseLong(options.getOrDefault("seed", "1")))
        .people(PeopleSettings.lifelike().atPace(pace))
        .whatsApp(
            WhatsAppSettings.standard()
                .limits(WhatsAppLimits.standard().messagesPerSecond(rate))
                .chaos(chaos));
  }

  private static SimulatedTime time(Map<String, String> options) {
    String start = options.get("start");
    if (start == null) {
      return SimulatedTime.wall();
    }
    SimulatedTime time = SimulatedTime.stoppedAt(Instant.parse(start));
    double speed = Double.parseDouble(options.getOrDefault("speed", "1"));
    if (speed != 0) {
      time.run(speed);
    }
    return time;
  }
}
