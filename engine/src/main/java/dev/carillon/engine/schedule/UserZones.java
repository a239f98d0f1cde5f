package dev.carillon.engine.schedule;

import dev.carillon.engine.port.campaign.PlanningStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Set;

/**
 * The zones that users live in. Finding them is a look through all profiles, so what was found
 * lately is given again. Thread-safe.
 */
public final class UserZones {
  private static final Duration FRESH = Duration.ofMinutes(10);

  private final PlanningStore audience;
  private final InstantSource clock;
  private Set<ZoneId> zones = Set.of();
  private Instant foundAt = Instant.MIN;

  public UserZones(PlanningStore audience, InstantSource clock) {
    this.audience = audience;
    this.clock = clock;
  }

  synchronized Set<ZoneId> zones() {
    Instant now = clock.instant();
    boolean fresh = !foundAt.isAfter(now) && foundAt.isAfter(now.minus(FRESH));
    if (!fresh) {
      zones = Set.copyOf(audience.zones());
      foundAt = now;
    }
    return zones;
  }
}
