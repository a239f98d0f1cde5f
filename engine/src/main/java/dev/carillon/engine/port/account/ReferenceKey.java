package dev.carillon.engine.port.account;

/**
 * A key that references are signed with.
 *
 * @param key the key itself, or what {@code secrets.key} opens when it is sealed
 */
public record ReferenceKey(int id, byte[] key, boolean sealed) {}
