package dev.carillon.simulator.people;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The simulated shop: what can be viewed and bought. */
final class Goods {

  private static final int LARGEST_BASKET = 6;

  private static final List<Purchase.Item> SHELF =
      List.of(
          new Purchase.Item("Trail running shoes", "Shoes", 89.5),
          new Purchase.Item("Leather sandals", "Shoes", 45.25),
          new Purchase.Item("Canvas sneakers", "Shoes", 39),
          new Purchase.Item("Linen shirt", "Clothing", 34.9),
          new Purchase.Item("Silk scarf", "Clothing", 27.8),
          new Purchase.Item("Rain jacket", "Clothing", 110),
          new Purchase.Item("Denim jeans", "Clothing", 58.99),
          new Purchase.Item("Wireless earbuds", "Electronics", 79),
          new Purchase.Item("Phone charger", "Electronics", 19),
          new Purchase.Item("Fitness watch", "Electronics", 148.75),
          new Purchase.Item("Desk lamp", "Home", 42),
          new Purchase.Item("Cotton bed sheets", "Home", 63.4),
          new Purchase.Item("Clay tea set", "Home", 31),
          new Purchase.Item("Face serum", "Beauty", 23.99),
          new Purchase.Item("Sandalwood soap", "Beauty", 6.75),
          new Purchase.Item("Green tea, 250 g", "Grocery", 11.6),
          new Purchase.Item("Roasted almonds", "Grocery", 9),
          new Purchase.Item("Yoga mat", "Sports", 29),
          new Purchase.Item("Cricket bat", "Sports", 95),
          new Purchase.Item("Paperback novel", "Books", 10.95));

  private Goods() {}

  static Purchase.Item any(RandomGenerator draws) {
    return SHELF.get(draws.nextInt(SHELF.size()));
  }

  /** Items that together cost roughly {@code amount}; at least one, at most six. */
  static List<Purchase.Item> basket(RandomGenerator draws, double amount) {
    List<Purchase.Item> items = new ArrayList<>();
    do {
      items.add(any(draws));
    } while (total(items) < amount * 0.75 && items.size() < LARGEST_BASKET);
    return List.copyOf(items);
  }

  static double total(List<Purchase.Item> items) {
    double sum = items.stream().mapToDouble(Purchase.Item::price).sum();
    return Math.round(sum * 100) / 100.0;
  }
}
