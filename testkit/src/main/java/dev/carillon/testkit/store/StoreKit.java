package dev.carillon.testkit.store;

/**
 * What the contract of a port tests with.
 *
 * @param <S> the ports that it needs of one store
 */
public interface StoreKit<S> {

  /** The store of this test, empty at first. */
  S store();

  /** One more store on the same data, as another process would open it. */
  S another();
}
