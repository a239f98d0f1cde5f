package dev.carillon.engine.dispatch;

import dev.carillon.engine.health.OutageLog;
import dev.carillon.engine.port.work.Chunk;
import dev.carillon.engine.port.work.ChunkQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hold on a claimed chunk. It is asked before each call; it prolongs itself in time, and once
 * lost it stays lost, because another may be sending the chunk's messages.
 */
final class Lease {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private final ChunkQueue chunks;
  private final Chunk chunk;
  private final InstantSource clock;
  private final Duration length;
  private final OutageLog outage;
  private Instant renewAt;
  private Instant safeUntil;
  private boolean lost;

  /**
   * @param claimedAt a moment not later than the one the claim was made with
   */
  Lease(ChunkQueue chunks, Chunk chunk, InstantSource clock, Duration length, Instant claimedAt) {
    this.chunks = chunks;
    this.chunk = chunk;
    this.clock = clock;
    this.length = length;
    this.outage =
        new OutageLog(LOG, "A lease of campaign " + chunk.campaign() + " cannot be prolonged");
    heldSince(claimedAt);
  }

  /** Whether the chunk is ours for some time yet, prolonging the lease when a third is over. */
  synchronized boolean held() {
    Instant now = clock.instant();
    if (!lost && !now.isBefore(renewAt)) {
      renew(now);
    }
    return !lost && now.isBefore(safeUntil);
  }

  private void heldSince(Instant moment) {
    Duration third = length.dividedBy(3);
    renewAt = moment.plus(third);
    safeUntil = renewAt.plus(third);
  }

  private void renew(Instant now) {
    try {
      lost = !chunks.renewChunk(chunk, now, length);
      heldSince(now);
      outage.ended();
    } catch (RuntimeException trouble) {
      outage.failed(trouble);
    }
  }
}
