package dev.carillon.engine.campaign;

import dev.carillon.core.campaign.What;
import dev.carillon.core.user.Device;
import dev.carillon.core.user.Endpoint;
import dev.carillon.engine.port.campaign.Route;
import dev.carillon.engine.provider.Connections;
import java.util.List;
import java.util.Optional;

/** Which connection serves which endpoint of a content. */
final class Routes {
  private Routes() {}

  /** The connections that a content's messages may go through, and what each serves. */
  static List<Route> of(What what, Connections connections) {
    return what.connections().stream()
        .map(
            connection ->
                new Route(
                    connection,
                    connections
                        .connection(connection)
                        .flatMap(connected -> connected.provider().platform())
                        .orElse(null)))
        .toList();
  }

  /** The connection that serves an endpoint; empty when none does. */
  static Optional<Integer> connection(List<Route> routes, Endpoint endpoint) {
    Device device = endpoint.device();
    return routes.stream()
        .filter(
            route ->
                route.platform() == null
                    || (device != null && route.platform().equals(device.platform())))
        .map(Route::connection)
        .findFirst();
  }
}
