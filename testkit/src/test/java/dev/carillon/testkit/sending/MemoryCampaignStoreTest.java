package dev.carillon.testkit.sending;

import dev.carillon.testkit.store.metadata.CampaignListContract;
import dev.carillon.testkit.store.metadata.CampaignStoreContract;
import dev.carillon.testkit.store.metadata.ChunkQueueContract;
import dev.carillon.testkit.store.metadata.HeldConnectionContract;
import dev.carillon.testkit.store.metadata.RunStoreContract;
import dev.carillon.testkit.store.metadata.ThrottleContract;
import dev.carillon.testkit.store.metadata.VariantDecisionContract;

/** Tests of sending rely on the store in memory, so it keeps the same contracts as SQLite's. */
class MemoryCampaignStoreTest
    implements CampaignStoreContract<SendingStore>,
        CampaignListContract<SendingStore>,
        RunStoreContract<SendingStore>,
        VariantDecisionContract<SendingStore>,
        ChunkQueueContract<SendingStore>,
        HeldConnectionContract<SendingStore>,
        ThrottleContract<SendingStore> {
  private final SendingStore store = new MemoryCampaignStore();

  @Override
  public SendingStore store() {
    return store;
  }

  /** Memory is seen by one process only. */
  @Override
  public SendingStore another() {
    return store;
  }
}
