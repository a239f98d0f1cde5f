package dev.carillon.simulator;

import dev.carillon.simulator.people.Purchase;
import dev.carillon.simulator.people.PurchaseSink;
import java.util.ArrayList;
import java.util.List;

/** Keeps purchases in order, so that they can be fetched from outside. Thread-safe. */
final class RecordedPurchases implements PurchaseSink {

  private final List<Purchase> purchases = new ArrayList<>();
  private final PurchaseSink next;

  /**
   * @param next hears of each purchase too
   */
  RecordedPurchases(PurchaseSink next) {
    this.next = next;
  }

  @Override
  public void bought(Purchase purchase) {
    synchronized (purchases) {
      purchases.add(purchase);
    }
    next.bought(purchase);
  }

  /** At most {@code limit} purchases, leaving out the first {@code after}. */
  List<Purchase> after(int after, int limit) {
    synchronized (purchases) {
      int from = Math.clamp(after, 0, purchases.size());
      return List.copyOf(purchases.subList(from, Math.min(purchases.size(), from + limit)));
    }
  }

  void clear() {
    synchronized (purchases) {
      purchases.clear();
    }
  }
}
