package dev.carillon.core.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device was registered as a user's, or taken from all. The latest by the device's {@code
 * registeredAt} holds: a device belongs to one user at a time.
 *
 * @param identity the user, or visitor, whose device it is
 * @param userKey key of the identity
 * @param device what the app says of it
 * @param address where its push service takes messages for it; null when it gets none any more
 * @param receivedAt when Carillon learned of it
 */
public record DeviceChange(
    Identity identity, long userKey, Device device, @Nullable String address, Instant receivedAt) {}
