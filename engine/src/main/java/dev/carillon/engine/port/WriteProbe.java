package dev.carillon.engine.port;

/** Finds out whether a store can be written to. */
public interface WriteProbe {

  /**
   * Writes something durably that means nothing.
   *
   * @throws StoreUnavailableException when it cannot
   */
  void probe();
}
