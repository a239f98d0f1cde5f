package dev.carillon.engine.connection;

import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.account.ConnectionStore;
import dev.carillon.engine.port.account.StoredConnection;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.provider.Provider.Field;
import dev.carillon.engine.provider.Provider.Problem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The account's connections: creates and changes them, checked by their provider, and opens them
 * for use. Opened connections are remembered until they change. Thread-safe.
 */
public final class ConnectionService implements Connections {
  private static final Logger log = LoggerFactory.getLogger(ConnectionService.class);

  private final ConnectionStore store;
  private final Map<String, Provider> providers;
  private final Seal seal;
  private final InstantSource clock;
  private final Map<Integer, Connected> opened = new ConcurrentHashMap<>();

  public ConnectionService(
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
    return known != null ? Optional.of(known) : read(id);
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
  public ConnectionChange create(
      String type, String name, Map<String, Object> settings, Map<String, String> secrets) {
    Provider provider = check(new Connection(0, type, name, settings, secrets));
    Connected created =
        open(
            store.createConnection(
                type,
                name,
                settings,
                id -> sealed(provider, new Connection(id, type, name, settings, secrets)),
                clock.instant()));
    Connection before =
        new Connection(
            created.connection().id(), type, "", Map.of(), created.connection().secrets());
    return new ConnectionChange(before, created, secrets.keySet());
  }

  /**
   * Changes a connection. Secrets that are not given stay as they are, unless an address that they
   * are sent to gets another scheme, host or port: then all that are kept must be given again.
   *
   * @throws SecretsNeededException when they are not; nothing was changed
   * @throws ConnectionProblemsException when a field is wrong; nothing was changed
   */
  public synchronized Optional<ConnectionChange> change(
      int id, String name, Map<String, Object> settings, Map<String, String> newSecrets) {
    return connection(id)
        .map(
            connected -> {
              Connection before = connected.connection();
              Map<String, String> secrets = new LinkedHashMap<>(before.secrets());
              secrets.putAll(newSecrets);
              Connection after = new Connection(id, before.type(), name, settings, secrets);
              Provider provider = check(after);
              checkOrigins(provider, before, after, newSecrets.keySet());
              return new ConnectionChange(
                  before,
                  open(store.changeConnection(id, name, settings, sealed(provider, after))),
                  newSecrets.keySet());
            });
  }

  private static void checkOrigins(
      Provider provider, Connection before, Connection after, Set<String> entered) {
    Map<String, String> known = Origins.of(provider, before);
    Map<String, String> origins = Origins.of(provider, after);
    if (known.entrySet().containsAll(origins.entrySet())) {
      return;
    }
    List<Problem> problems =
        provider.fields().stream()
            .filter(Field::secret)
            .filter(field -> before.secret(field.name()).isPresent())
            .filter(field -> !entered.contains(field.name()))
            .map(
                field ->
                    new Problem(
                        field.name(),
                        "The address leads to another server now. Enter this anew: what is kept is"
                            + " sent only to the server that it was entered for."))
            .toList();
    if (!problems.isEmpty()) {
      throw new SecretsNeededException(problems);
    }
  }

  private synchronized Optional<Connected> read(int id) {
    return store.connection(id).map(this::open);
  }

  private Connected open(StoredConnection stored) {
    Provider provider = providers.get(stored.type());
    if (provider == null) {
      throw new IllegalStateException("no provider serves connections of type " + stored.type());
    }
    Optional<KeptSecrets> opening = secrets(stored);
    if (opening.isEmpty()) {
      return remember(new Connected(connection(stored, Map.of()), provider, true));
    }
    KeptSecrets kept = opening.get();
    Connection connection = connection(stored, kept.secrets());
    if (kept.enteredFor() == null) {
      adopt(provider, connection);
    } else if (!kept.isFor(Origins.of(provider, connection))) {
      log.error(
          "Connection {} is kept with another address than its secrets were entered for. They are"
              + " not used until they are entered anew.",
          stored.id());
      return remember(new Connected(connection(stored, Map.of()), provider, true));
    }
    return remember(new Connected(connection, provider));
  }

  private Connected remember(Connected connected) {
    opened.put(connected.connection().id(), connected);
    return connected;
  }

  /** The connection's secrets; empty when they cannot be opened, which the log says. */
  private Optional<KeptSecrets> secrets(StoredConnection stored) {
    try {
      return Optional.of(
          KeptSecrets.read(seal.open(stored.sealedSecrets(), context(stored.id(), stored.type()))));
    } catch (IllegalStateException closed) {
      log.warn(
          "Connection {} ({}) needs its secrets anew. {}",
          stored.id(),
          stored.name(),
          closed.getMessage());
      return Optional.empty();
    }
  }

  /** Opens all connections, so that the log says which of them cannot be used. */
  public void openAll() {
    for (StoredConnection stored : store.connections()) {
      try {
        read(stored.id());
      } catch (RuntimeException defect) {
        log.warn("Connection {} ({}) cannot be used", stored.id(), stored.name(), defect);
      }
    }
  }

  /** Binds secrets that an earlier version kept to the addresses that they are with now. */
  private void adopt(Provider provider, Connection connection) {
    try {
      store.changeConnection(
          connection.id(), connection.name(), connection.settings(), sealed(provider, connection));
    } catch (StoreUnavailableException later) {
      log.warn("Connection {} is adopted at its next use", connection.id(), later);
    }
  }

  private byte[] sealed(Provider provider, Connection connection) {
    return seal.seal(
        new KeptSecrets(connection.secrets(), Origins.of(provider, connection)).bytes(),
        context(connection.id(), connection.type()));
  }

  private static Connection connection(StoredConnection stored, Map<String, String> secrets) {
    return new Connection(stored.id(), stored.type(), stored.name(), stored.settings(), secrets);
  }

  /** Secrets open for the connection that they were sealed for and for no other. */
  private static String context(int id, String type) {
    return "connection " + id + " " + type;
  }

  /** Answers the connection's provider, or refuses with all problems. */
  private Provider check(Connection connection) {
    List<Problem> problems = new ArrayList<>();
    String name = connection.name();
    if (name.isBlank() || name.length() > 200) {
      problems.add(new Problem("name", "Give the connection a name of 1 to 200 characters."));
    }
    Provider provider = providers.get(connection.type());
    if (provider == null) {
      problems.add(
          new Problem(
              "type",
              "There is no such type of connection. Known: "
                  + String.join(", ", providers.keySet().stream().sorted().toList())));
      throw new ConnectionProblemsException(problems);
    }
    unknown(provider, connection.settings().keySet(), false, problems);
    unknown(provider, connection.secrets().keySet(), true, problems);
    problems.addAll(provider.check(connection));
    if (!problems.isEmpty()) {
      throw new ConnectionProblemsException(problems);
    }
    return provider;
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
