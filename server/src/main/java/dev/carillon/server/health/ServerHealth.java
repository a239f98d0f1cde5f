package dev.carillon.server.health;

import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.health.ProcessHealth.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What keeps this server from its work now, and what soon may, gathered from all who know. The
 * texts hold no personal data. Thread-safe.
 */
public final class ServerHealth {
  private final ProcessHealth process;
  private final Supplier<Optional<Problem>> facts;
  private final StoreProbe probe;
  private final DiskSpace disk;

  /**
   * @param facts the problem of the store of facts
   */
  ServerHealth(
      ProcessHealth process, Supplier<Optional<Problem>> facts, StoreProbe probe, DiskSpace disk) {
    this.process = process;
    this.facts = facts;
    this.probe = probe;
    this.disk = disk;
  }

  /** What keeps the server, or a part of it, from its work. */
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>(process.problems());
    facts.get().ifPresent(problems::add);
    probe.behind().ifPresent(problems::add);
    return List.copyOf(problems);
  }

  /** What keeps nothing from its work yet. */
  public List<Problem> warnings() {
    return disk.shortage().map(text -> new Problem("disk", text, false)).stream().toList();
  }
}
