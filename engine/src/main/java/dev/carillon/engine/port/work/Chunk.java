package dev.carillon.engine.port.work;

/**
 * A piece of a run: messages with {@code fromSeq <= seq < toSeq}.
 *
 * @param owner who holds the lease
 */
public record Chunk(int campaign, int run, int fromSeq, int toSeq, String owner) {}
