package dev.carillon.engine.port.facts;

import java.util.List;

/** The way by which flows have entries kept. Thread-safe. */
@FunctionalInterface
public interface EntryJournal {

  /**
   * Keeps all of the entries or none. When it returns they survive a crash; they can be read a
   * moment later. An event whose id is known already is kept once.
   *
   * @throws RuntimeException when the entries could not be kept now: the store is not available
   *     (disk full, closed), or there is no room
   */
  void append(List<Entry> entries);
}
