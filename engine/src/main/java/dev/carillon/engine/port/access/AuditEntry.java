package dev.carillon.engine.port.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

public record AuditEntry(
    Instant at, Actor who, String action, String subject, @Nullable String detail) {}
