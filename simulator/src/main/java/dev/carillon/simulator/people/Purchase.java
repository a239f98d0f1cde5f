package dev.carillon.simulator.people;

import java.time.Instant;
import java.util.List;

/**
 * Something that a person bought.
 *
 * @param buyer the phone number (digits, no plus) or the identity that the buyer goes by
 * @param at when it was bought
 * @param amount the price of all items, two decimals
 * @param items what was bought, at least one item
 * @param prompted whether a message that was read led to it
 */
public record Purchase(
    String buyer, Instant at, double amount, List<Item> items, boolean prompted) {

  /** One line of a purchase. */
  public record Item(String name, String category, double price) {}
}
