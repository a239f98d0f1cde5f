package dev.carillon.server.integration.harness;

import dev.carillon.server.command.RunningServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Starts a server in this process on a free port, with a key and an admin. */
public final class TestServer {
  public static final String KEY = "key-of-the-outside";
  public static final String PASSWORD = "lantern-orchard-violin";

  private TestServer() {}

  /**
   * @param more settings beside the usual ones
   * @param beans may put parts in place of the usual ones
   */
  public static RunningServer start(
      Path data, Map<String, Object> more, Consumer<ConfigurableListableBeanFactory> beans) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("server.port", 0);
    settings.put("carillon.data", data.toString());
    settings.put("carillon.api-key", KEY);
    settings.put("carillon.admin-password", PASSWORD);
    return RunningServer.start(settings, beans);
  }
}
