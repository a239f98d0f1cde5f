package dev.carillon.engine.port.work;

/**
 * A piece of a run: messages with {@code fromSeq <= seq < toSeq}, all through one connection.
 *
 * @param connection the connection's id
 * @param owner who holds the lease
 */
public record Chunk(int campaign, int run, int connection, int fromSeq, int toSeq, String owner) {}
