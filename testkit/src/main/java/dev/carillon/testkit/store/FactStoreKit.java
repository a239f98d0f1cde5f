package dev.carillon.testkit.store;

import dev.carillon.testkit.SettableTime;

/**
 * What the contract of a port of the facts tests with.
 *
 * @param <S> the ports that it needs of one store
 */
public interface FactStoreKit<S> {

  /** The store of this test, empty at first. */
  S store();

  /** One more empty store, closed after the test. */
  S another();

  /** The clock of all stores of this test, which starts at the tests' present. */
  SettableTime clock();

  /** The test's store closed, and opened again on the same data. */
  S reopened();
}
