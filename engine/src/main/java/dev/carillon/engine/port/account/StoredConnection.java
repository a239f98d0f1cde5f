package dev.carillon.engine.port.account;

import dev.carillon.engine.provider.Connection;
import java.time.Instant;
import java.util.Map;

/**
 * A connection as it is kept.
 *
 * @param settings as in {@link Connection#settings()}
 * @param sealedSecrets the encrypted secrets
 */
public record StoredConnection(
    int id,
    String type,
    String name,
    Map<String, Object> settings,
    byte[] sealedSecrets,
    Instant createdAt) {}
