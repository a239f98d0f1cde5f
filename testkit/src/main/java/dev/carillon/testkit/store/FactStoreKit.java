package dev.carillon.testkit.store;

import dev.carillon.engine.port.store.FactStore;
import dev.carillon.testkit.SettableTime;
import dev.carillon.testkit.store.facts.FactStoreContract;

/** What the parts of {@link FactStoreContract} test with. */
public interface FactStoreKit {

  /** The store of this test, empty at first. */
  FactStore store();

  /** One more empty store, closed after the test. */
  FactStore another();

  /** The clock of all stores of this test, which stands at the tests' present at first. */
  SettableTime clock();

  /** The test's store closed, and opened again on the same data. */
  FactStore reopened();
}
