package dev.carillon.storage.embedded.planning;

import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.Route;
import dev.carillon.engine.port.campaign.RunSection;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Which connection serves which endpoint of a run, as SQL over {@code endpoint e}. */
final class RouteSql {
  private RouteSql() {}

  /** Takes only endpoints that a connection of the run serves, to follow another condition. */
  static String served(PlanOrder order) {
    List<Route> routes = order.routes();
    return routes.stream().anyMatch(route -> route.platform() == null)
        ? ""
        : routes.stream()
            .map(route -> text(Objects.requireNonNull(route.platform())))
            .collect(Collectors.joining(", ", " AND e.platform IN (", ")"));
  }

  /** The connection of an endpoint; of users without any it is the first. */
  static String connection(PlanOrder order) {
    StringBuilder cases = new StringBuilder("CASE");
    int otherwise = order.routes().getFirst().connection();
    for (Route route : order.routes()) {
      if (route.platform() == null) {
        otherwise = route.connection();
      } else {
        cases
            .append(" WHEN e.platform = ")
            .append(text(route.platform()))
            .append(" THEN ")
            .append(route.connection());
      }
    }
    return cases + " ELSE " + otherwise + " END";
  }

  private static String text(String platform) {
    return "'" + platform.replace("'", "''") + "'";
  }

  /** The parts of a planned run that go through one connection each. */
  static List<RunSection> sections(DuckSession session, PlanOrder order) throws SQLException {
    return session.list(
        """
        SELECT coalesce(connection, ?), min(seq), count(*) FROM message
        WHERE campaign = ? AND run = ? GROUP BY connection ORDER BY min(seq)""",
        row -> new RunSection(row.getInt(1), row.getInt(2), row.getInt(3)),
        order.routes().getFirst().connection(),
        order.campaign(),
        order.run());
  }
}
