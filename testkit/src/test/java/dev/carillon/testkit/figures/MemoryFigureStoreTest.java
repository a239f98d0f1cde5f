package dev.carillon.testkit.figures;

import dev.carillon.testkit.store.metadata.FigureContract;

/** Tests of reports rely on the figures in memory, so they keep the same contract as SQLite's. */
class MemoryFigureStoreTest implements FigureContract<MemoryFigureStore> {
  private final MemoryFigureStore store = new MemoryFigureStore();
  private int campaigns;

  @Override
  public MemoryFigureStore store() {
    return store;
  }

  /** Memory is seen by one process only. */
  @Override
  public MemoryFigureStore another() {
    return store;
  }

  @Override
  public int newCampaign() {
    return ++campaigns;
  }
}
