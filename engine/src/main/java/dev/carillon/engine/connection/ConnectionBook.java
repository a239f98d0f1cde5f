package dev.carillon.engine.connection;

import dev.carillon.engine.channel.Connection;
import dev.carillon.engine.channel.Connections;
import dev.carillon.engine.channel.Provider;
import dev.carillon.engine.channel.Provider.Field;
import dev.carillon.engine.channel.Provider.Problem;
import dev.carillon.engine.port.ConnectionStore;
import dev.carillon.engine.port.ConnectionStore.StoredConnection;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The account's connections: creates and changes them, checked by their provider, and opens them
 * for use. Opened connections are remembered until they change. Thread-safe.
 */
public final class ConnectionBook implements Connections {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> SECRETS = new TypeReference<>() {};

  private final ConnectionStore store;
  private final Map<String, Provider> providers;
  private final Seal seal;
  private final InstantSource clock;
  private final Map<Integer, Connected> opened = new ConcurrentHashMap<>();

  public ConnectionBook(
      ConnectionStore store,
      Collection<? extends Provider> providers,
      Seal seal,
      InstantSource clock) {
    this.store = store;
    this.providers =
        providers.stream()
            .collect(Collectors.toUnmodifiableMap(Provider::type, Function.identity()));
    this.seal = seal;
    this.clock = clock;
  }

  /** The providers that a connection can be made to. */
  public Collection<Provider> providers() {
    return providers.values();
  }

  /** The provider of a type; empty when there is none. */
  public Optional<Provider> provider(String type) {
    return Optional.ofNullable(providers.get(type));
  }

  @Override
  public Optional<Connected> connection(int id) {
    Connected known = opened.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    return store.connection(id).map(this::open);
  }

  /** All connections, by id. */
  public List<Connected> connections() {
    return store.connections().stream()
        .map(stored -> connection(stored.id()).orElseThrow())
        .toList();
  }

  /**
   * Sets up a connection.
   *
   * @throws ConnectionProblemsException when the type is unknown or a field is wrong; nothing was
   *     kept
   */
  public Connected create(
      String type, String name, Map<String, Object> settings, Map<String, String> secrets) {
    check(type, name, 0, settings, secrets);
    byte[] plain = MAPPER.writeValueAsBytes(secrets);
    return open(
        store.createConnection(
            type, name, settings, id -> seal.seal(plain, context(id, type)), clock.instant()));
  }

  /**
   * Changes a connection. Secrets that are not given stay as they are.
   *
   * @throws ConnectionProblemsException when a field is wrong; nothing was changed
   */
  public Optional<Connected> change(
      int id, String name, Map<String, Object> settings, Map<String, String> newSecrets) {
    return connection(id)
        .map(
            before -> {
              Map<String, String> secrets = new LinkedHashMap<>(before.connection().secrets());
              secrets.putAll(newSecrets);
              String type = before.connection().type();
              check(type, name, id, settings, secrets);
              byte[] sealed = seal.seal(MAPPER.writeValueAsBytes(secrets), context(id, type));
              return open(store.changeConnection(id, name, settings, sealed));
            });
  }

  private Connected open(StoredConnection stored) {
    Provider provider = providers.get(stored.type());
    if (provider == null) {
      throw new IllegalStateException("no provider serves connections of type " + stored.type());
    }
    byte[] secrets = seal.open(stored.sealedSecrets(), context(stored.id(), stored.type()));
    Connection connection =
        new Connection(
            stored.id(),
            stored.type(),
            stored.name(),
            stored.settings(),
            MAPPER.readValue(new String(secrets, StandardCharsets.UTF_8), SECRETS));
    Connected connected = new Connected(connection, provider);
    opened.put(stored.id(), connected);
    return connected;
  }

  /** Secrets open for the connection that they were sealed for and for no other. */
  private static String context(int id, String type) {
    return "connection " + id + " " + type;
  }

  private void check(
      String type, String name, int id, Map<String, Object> settings, Map<String, String> secrets) {
    List<Problem> problems = new ArrayList<>();
    if (name.isBlank() || name.length() > 200) {
      problems.add(new Problem("name", "Give the connection a name of 1 to 200 characters."));
    }
    Provider provider = providers.get(type);
    if (provider == null) {
      problems.add(
          new Problem(
              "type",
              "There is no such type of connection. Known: "
                  + String.join(", ", providers.keySet().stream().sorted().toList())));
      throw new ConnectionProblemsException(problems);
    }
    unknown(provider, settings.keySet(), false, problems);
    unknown(provider, secrets.keySet(), true, problems);
    problems.addAll(provider.check(new Connection(id, type, name, settings, secrets)));
    if (!problems.isEmpty()) {
      throw new ConnectionProblemsException(problems);
    }
  }

  private static void unknown(
      Provider provider, Collection<String> given, boolean secret, List<Problem> problems) {
    for (String name : given) {
      if (provider.fields().stream()
          .noneMatch(f -> f.secret() == secret && f.name().equals(name))) {
        String known =
            provider.fields().stream()
                .filter(f -> f.secret() == secret)
                .map(Field::name)
                .collect(Collectors.joining(", "));
        problems.add(
            new Problem(
                name, "There is no such " + (secret ? "secret" : "setting") + ". Known: " + known));
      }
    }
  }
}
