package dev.carillon.simulator.people;

/**
 * Hears of purchases at the simulated moment they happen, for instance to upload them as {@code
 * Charged} events. Called on the thread that runs simulated time: an implementation hands slow work
 * on.
 */
@FunctionalInterface
public interface PurchaseSink {

  void bought(Purchase purchase);
}
