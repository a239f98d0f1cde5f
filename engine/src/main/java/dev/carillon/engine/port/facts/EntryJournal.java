package dev.carillon.engine.port.facts;

import java.util.List;

/** The way by which flows have entries kept. Thread-safe. */
@FunctionalInterface
public interface EntryJournal {

  /**
   * Keeps all of the entries or none; when it returns they survive a crash.
   *
   * @throws RuntimeException when they could not be kept now (store unavailable, overload)
   */
  void append(List<Entry> entries);
}
