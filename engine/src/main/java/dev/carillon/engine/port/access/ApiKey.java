package dev.carillon.engine.port.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * @param shownPrefix the first characters of the key, to know it by
 * @param tokensRequired whether it speaks for people only with identity tokens
 */
public record ApiKey(
    int id,
    String name,
    String shownPrefix,
    Set<String> scopes,
    Instant createdAt,
    @Nullable Instant revokedAt,
    boolean tokensRequired) {}
