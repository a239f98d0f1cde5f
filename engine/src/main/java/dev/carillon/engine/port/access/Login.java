package dev.carillon.engine.port.access;

import java.time.Instant;

/**
 * @param role admin, marketer or viewer
 */
public record Login(String name, String passwordHash, String role, Instant createdAt) {}
