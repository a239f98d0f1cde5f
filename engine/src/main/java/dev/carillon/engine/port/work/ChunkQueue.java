package dev.carillon.engine.port.work;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The pieces of planned runs that are still to be sent. A sender holds a piece for as long as its
 * lease lasts, so that no two send the same messages.
 */
public interface ChunkQueue {

  /**
   * Claims the next chunk of the campaign's messages through a connection that is open, or whose
   * lease has run out, for the owner.
   */
  Optional<Chunk> claimChunk(
      int campaign, int connection, String owner, Instant now, Duration lease);

  /** Prolongs the lease; false when it was lost, that is: released, ended or taken over. */
  boolean renewChunk(Chunk chunk, Instant now, Duration lease);

  /** Ends a chunk; nothing happens when its lease was lost. */
  void finishChunk(Chunk chunk);

  /**
   * Gives a chunk back, to be claimed again not before {@code notBefore}; nothing happens when its
   * lease was lost.
   */
  void releaseChunk(Chunk chunk, Instant notBefore);

  /** Makes those of the campaign's chunks that no one holds and that wait for their time free. */
  void freeWaitingChunks(int campaign, Instant now);

  /**
   * When the next of the campaign's unfinished chunks is free, by connection; those without any are
   * left out.
   */
  Map<Integer, Instant> nextChunks(int campaign);

  /** How many chunks of the campaign are not finished. */
  int openChunks(int campaign);

  /** How many messages the unfinished chunks of the campaign hold, tried ones included. */
  long openMessages(int campaign);
}
