package dev.carillon.testkit.store;

import dev.carillon.engine.port.store.MetadataStore;

/** What the parts of {@link MetadataStoreContract} test with. */
interface MetadataStoreKit {

  /** The store of this test. */
  MetadataStore store();

  /** One more store on the same data. */
  MetadataStore another();
}
