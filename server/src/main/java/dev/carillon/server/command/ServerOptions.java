package dev.carillon.server.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command that starts the server has. */
final class ServerOptions {

  @Option(names = "--port", paramLabel = "PORT", description = "port to listen on (default 8080)")
  @Nullable Integer port;

  @Option(names = "--data", paramLabel = "DIR", description = "data folder")
  @Nullable Path data;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description = "a key that is valid with all scopes from the start")
  @Nullable String apiKey;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "configuration file (YAML or properties)")
  @Nullable Path config;

  /** The options as settings; what was not given is left to file, environment and defaults. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (port != null) {
      settings.put("server.port", port);
    }
    if (data != null) {
      settings.put("carillon.data", data.toAbsolutePath().toString());
    }
    if (apiKey != null) {
      settings.put("carillon.api-key", apiKey);
    }
    if (config != null) {
      settings.put("spring.config.additional-location", config.toAbsolutePath().toUri().toString());
    }
    return settings;
  }
}
