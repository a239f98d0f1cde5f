package dev.carillon.testkit.store;

import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.testkit.store.metadata.MetadataStoreContract;

/** What the parts of {@link MetadataStoreContract} test with. */
public interface MetadataStoreKit {

  /** The store of this test. */
  MetadataStore store();

  /** One more store on the same data. */
  MetadataStore another();
}
