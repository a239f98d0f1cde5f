package dev.carillon.testkit.sending;

import dev.carillon.engine.port.campaign.RunSection;
import dev.carillon.engine.port.work.Chunk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** The chunks that runs are cut into, and who holds which. Not safe for several threads. */
final class MemoryChunks {
  private final List<Slot> slots = new ArrayList<>();

  void cut(int campaign, int run, RunSection section, int size, Instant freeAt) {
    int end = section.endSeq();
    for (int from = section.firstSeq(); from < end; from += size) {
      int to = Math.min(from + size, end);
      slots.add(new Slot(campaign, run, section.connection(), from, to, freeAt));
    }
  }

  Optional<Chunk> claim(int campaign, int connection, String owner, Instant now, Duration lease) {
    Optional<Slot> free =
        of(campaign)
            .filter(slot -> slot.connection == connection && !slot.freeAt.isAfter(now))
            .min(
                Comparator.comparingInt((Slot slot) -> slot.run)
                    .thenComparingInt(slot -> slot.fromSeq));
    free.ifPresent(slot -> slot.hold(owner, now.plus(lease)));
    return free.map(
        slot -> new Chunk(campaign, slot.run, connection, slot.fromSeq, slot.toSeq, slot.owner));
  }

  boolean renew(Chunk chunk, Instant until) {
    Optional<Slot> held = held(chunk);
    held.ifPresent(slot -> slot.hold(slot.owner, until));
    return held.isPresent();
  }

  void release(Chunk chunk, Instant notBefore) {
    held(chunk).ifPresent(slot -> slot.hold("", notBefore));
  }

  void finish(Chunk chunk) {
    held(chunk).ifPresent(slots::remove);
  }

  /** Lets unclaimed chunks be claimed at once. */
  void freeWaiting(int campaign, Instant now) {
    of(campaign)
        .filter(slot -> slot.owner.isEmpty() && slot.freeAt.isAfter(now))
        .forEach(slot -> slot.freeAt = now);
  }

  Map<Integer, Instant> next(int campaign) {
    Map<Integer, Instant> next = new HashMap<>();
    of(campaign)
        .forEach(
            slot ->
                next.merge(slot.connection, slot.freeAt, BinaryOperator.minBy(Instant::compareTo)));
    return next;
  }

  int open(int campaign) {
    return (int) of(campaign).count();
  }

  boolean open(int campaign, int run) {
    return of(campaign).anyMatch(slot -> slot.run == run);
  }

  long openMessages(int campaign) {
    return of(campaign).mapToLong(slot -> slot.toSeq - slot.fromSeq).sum();
  }

  private Stream<Slot> of(int campaign) {
    return slots.stream().filter(slot -> slot.campaign == campaign);
  }

  private Optional<Slot> held(Chunk chunk) {
    return of(chunk.campaign())
        .filter(
            slot ->
                slot.run == chunk.run()
                    && slot.fromSeq == chunk.fromSeq()
                    && slot.owner.equals(chunk.owner()))
        .findFirst();
  }

  private static final class Slot {
    private final int campaign;
    private final int run;
    private final int connection;
    private final int fromSeq;
    private final int toSeq;
    private Instant freeAt;
    private String owner = "";

    private Slot(int campaign, int run, int connection, int fromSeq, int toSeq, Instant freeAt) {
      this.campaign = campaign;
      this.run = run;
      this.connection = connection;
      this.fromSeq = fromSeq;
      this.toSeq = toSeq;
      this.freeAt = freeAt;
    }

    private void hold(String who, Instant until) {
      owner = who;
      freeAt = until;
    }
  }
}
