package dev.carillon.engine.port.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key for identity tokens.
 *
 * @param material the sealed secret of HS256, the public key (X.509) of ES256
 */
public record IdentityKey(
    int id,
    String name,
    String keyId,
    String algorithm,
    byte[] material,
    Instant createdAt,
    @Nullable Instant revokedAt) {}
