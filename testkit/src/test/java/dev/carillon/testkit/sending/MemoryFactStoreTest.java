package dev.carillon.testkit.sending;

import dev.carillon.testkit.SettableTime;
import dev.carillon.testkit.store.FactEntries;
import dev.carillon.testkit.store.facts.LedgerContract;
import dev.carillon.testkit.store.facts.LimitContract;
import dev.carillon.testkit.store.facts.PlanningContract;
import dev.carillon.testkit.store.facts.RecentSendsContract;
import dev.carillon.testkit.store.facts.UserTimeContract;

/** Tests of sending rely on the facts in memory, so they keep the same contracts as DuckDB's. */
class MemoryFactStoreTest
    implements PlanningContract<MemoryFactStore>,
        LimitContract<MemoryFactStore>,
        UserTimeContract<MemoryFactStore>,
        RecentSendsContract<MemoryFactStore>,
        LedgerContract<MemoryFactStore> {
  private final MemoryFactStore store = new MemoryFactStore();
  private final SettableTime clock = new SettableTime(FactEntries.NOW);

  @Override
  public MemoryFactStore store() {
    return store;
  }

  @Override
  public MemoryFactStore another() {
    return new MemoryFactStore();
  }

  @Override
  public SettableTime clock() {
    return clock;
  }

  /** What is kept in memory is not closed. */
  @Override
  public MemoryFactStore reopened() {
    return store;
  }
}
