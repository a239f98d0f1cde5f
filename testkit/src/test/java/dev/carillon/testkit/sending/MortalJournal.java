package dev.carillon.testkit.sending;

import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import java.util.List;

/** The journal of a process that dies: its threads may live on for a moment, but keep nothing. */
final class MortalJournal implements EntryJournal {
  private final EntryJournal real;
  private boolean dead;

  MortalJournal(EntryJournal real) {
    this.real = real;
  }

  synchronized void die() {
    dead = true;
  }

  @Override
  public synchronized void append(List<Entry> entries) {
    if (dead) {
      throw new StoreUnavailableException("this process is dead");
    }
    real.append(entries);
  }
}
