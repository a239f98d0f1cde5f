package dev.carillon.core.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a user can be sent messages, or could.
 *
 * @param address the address in its one spelling; null when what was given is not valid
 * @param leftAt when the user left it for another; null while it is the user's
 * @param device what is known of a device; null for other kinds
 */
public record Endpoint(
    EndpointKind kind,
    @Nullable String address,
    @Nullable Instant leftAt,
    @Nullable Device device) {

  /** An address that the user has. */
  public static Endpoint of(EndpointKind kind, String address) {
    return new Endpoint(kind, address, null, null);
  }

  /** Something that was given as an address and is not valid. */
  public static Endpoint invalid(EndpointKind kind) {
    return new Endpoint(kind, null, null, null);
  }

  /** An address that the user had until then. */
  public static Endpoint left(EndpointKind kind, String address, Instant leftAt) {
    return new Endpoint(kind, address, leftAt, null);
  }

  /** Whether it is the user's now. */
  public boolean isPresent() {
    return leftAt == null;
  }

  /** Whether it is the user's now and can be sent to. */
  public boolean isUsable() {
    return isPresent() && address != null;
  }
}
