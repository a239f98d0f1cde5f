package dev.carillon.engine.port.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit log are asked for; null for all in each respect.
 *
 * @param from when the earliest of them happened, included
 * @param until when they had happened, excluded
 * @param who name of the login, key or whatever else acted
 * @param action an action such as campaign.launch, or the beginning of several up to a dot:
 *     campaign
 * @param before the place that they come before in time
 * @param limit how many at most, 1 to 1,000
 */
public record AuditQuery(
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable String who,
    @Nullable String action,
    @Nullable AuditPlace before,
    int limit) {
  /** As many as one page can have. */
  public static final int MOST = 1_000;

  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

  public AuditQuery {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("a page has 1 to 1,000 entries");
    }
  }

  /** Whether something can have happened then, as far as a store knows. */
  public static boolean possible(Instant at) {
    return !at.isBefore(Instant.EPOCH) && at.isBefore(END);
  }

  /** The latest entries of all. */
  public static AuditQuery latest(int limit) {
    return new AuditQuery(null, null, null, null, null, limit);
  }

  /** The same from another place on. */
  public AuditQuery from(@Nullable AuditPlace place) {
    return new AuditQuery(from, until, who, action, place, limit);
  }
}
