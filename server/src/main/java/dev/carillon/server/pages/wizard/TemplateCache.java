package dev.carillon.server.pages.wizard;

import dev.carillon.engine.connection.ConnectionService;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.engine.provider.TemplateCatalog;
import dev.carillon.engine.provider.TemplateCatalog.Listing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The templates of each connection as its provider listed them within the last minute, so that a
 * form in which one is picked does not ask again at every step. Thread-safe.
 */
@Component
class TemplateCache {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final ConnectionService connections;
  private final InstantSource clock;
  private final Map<Integer, Kept> shelf = new ConcurrentHashMap<>();

  TemplateCache(ConnectionService connections, InstantSource clock) {
    this.connections = connections;
    this.clock = clock;
  }

  private record Kept(Connection connection, Listing listing, Instant at) {}

  /**
   * The templates of a connection; the provider is asked, and waited for, where need be.
   *
   * @param id the connection's id as a form has it
   * @return empty when there is no such connection, or its provider knows no templates
   */
  Optional<Listing> listing(String id) {
    return id.matches("[1-9]\\d{0,8}")
        ? connections.connection(Integer.parseInt(id)).flatMap(this::listing)
        : Optional.empty();
  }

  /** Whether the provider need not be asked. */
  boolean known(String id) {
    return id.matches("[1-9]\\d{0,8}")
        && connections
            .connection(Integer.parseInt(id))
            .map(Connected::connection)
            .map(this::fresh)
            .isPresent();
  }

  private @Nullable Listing fresh(Connection connection) {
    @Nullable Kept kept = shelf.get(connection.id());
    return kept != null
            && kept.connection().equals(connection)
            && clock.instant().isBefore(kept.at().plus(FRESH))
        ? kept.listing()
        : null;
  }

  private Optional<Listing> listing(Connected connected) {
    return connected.provider().templates().map(catalog -> listing(catalog, connected));
  }

  private Listing listing(TemplateCatalog catalog, Connected connected) {
    Connection connection = connected.connection();
    @Nullable Listing known = fresh(connection);
    if (known != null) {
      return known;
    }
    Listing listing = catalog.templates(connection);
    if (listing.problem() == null) {
      shelf.put(connection.id(), new Kept(connection, listing, clock.instant()));
    }
    return listing;
  }
}
