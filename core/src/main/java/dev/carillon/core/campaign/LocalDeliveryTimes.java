package dev.carillon.core.campaign;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When each user gets the message of a run that goes by the users' own clocks.
 *
 * @param local the time that their clocks are to show
 * @param account the zone of users whose own is not known
 * @param grace how late it may still be sent
 * @param passed what becomes of messages for which it is later than that
 */
public record LocalDeliveryTimes(
    LocalDateTime local, ZoneId account, Duration grace, Delivery.Passed passed) {

  /**
   * The moment for users of a zone; empty when they get none.
   *
   * @param zone null when it is not known
   * @param planning the moment at which the run is planned
   */
  public Optional<Instant> moment(@Nullable ZoneId zone, Instant planning) {
    ZoneId own = zone == null ? account : zone;
    Instant today = LocalClock.moment(local, own);
    if (!today.plus(grace).isBefore(planning)) {
      return Optional.of(today);
    }
    if (passed == Delivery.Passed.DROP) {
      return Optional.empty();
    }
    Instant next = LocalClock.moment(local.plusDays(1), own);
    return Optional.of(next).filter(moment -> !moment.plus(grace).isBefore(planning));
  }
}
