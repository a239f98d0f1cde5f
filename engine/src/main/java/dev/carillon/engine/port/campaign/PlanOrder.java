package dev.carillon.engine.port.campaign;

import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.LocalDeliveryTimes;
import dev.carillon.core.campaign.Variants;
import dev.carillon.engine.port.audience.Audience;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run to plan.
 *
 * @param campaign the campaign's id
 * @param run the run's number, from 1
 * @param audience who receives it
 * @param control how many of them are held out
 * @param limits what keeps it from sending too much; planning heeds the target cap and the safety
 *     limit
 * @param goal the campaign's goal; kept, so that conversions of its messages are derived; null
 *     without
 * @param userTimes when each user gets the message; null when all do at once
 * @param variants how its users are drawn into variants; null for a single message
 * @param routes the connections that its messages may go through, one or more
 */
public record PlanOrder(
    int campaign,
    int run,
    Audience audience,
    ControlShares control,
    Limits limits,
    @Nullable Goal goal,
    @Nullable LocalDeliveryTimes userTimes,
    @Nullable Variants variants,
    List<Route> routes) {
  public PlanOrder {
    routes = List.copyOf(routes);
    if (routes.isEmpty()) {
      throw new IllegalArgumentException("a run goes through one connection or more");
    }
  }

  /** When it is planned: when its audience is evaluated. */
  public Instant at() {
    return audience.evaluation().at();
  }

  /** The account's zone, for days. */
  public ZoneId zone() {
    return audience.evaluation().zone();
  }
}
