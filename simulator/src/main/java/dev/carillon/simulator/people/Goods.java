package dev.carillon.simulator.people;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The simulated shop: what can be looked at and bought. */
final class Goods {

  private static final double SMALLEST_PRICE = 2;

  private static final List<Purchase.Item> SHELF =
      List.of(
          new Purchase.Item("Trail running shoes", "Shoes", 89),
          new Purchase.Item("Leather sandals", "Shoes", 45),
          new Purchase.Item("Canvas sneakers", "Shoes", 39),
          new Purchase.Item("Linen shirt", "Clothing", 34),
          new Purchase.Item("Silk scarf", "Clothing", 28),
          new Purchase.Item("Rain jacket", "Clothing", 110),
          new Purchase.Item("Denim jeans", "Clothing", 59),
          new Purchase.Item("Wireless earbuds", "Electronics", 79),
          new Purchase.Item("Phone charger", "Electronics", 19),
          new Purchase.Item("Fitness watch", "Electronics", 149),
          new Purchase.Item("Desk lamp", "Home", 42),
          new Purchase.Item("Cotton bed sheets", "Home", 64),
          new Purchase.Item("Clay tea set", "Home", 31),
          new Purchase.Item("Face serum", "Beauty", 24),
          new Purchase.Item("Sandalwood soap", "Beauty", 7),
          new Purchase.Item("Green tea, 250 g", "Grocery", 12),
          new Purchase.Item("Roasted almonds", "Grocery", 9),
          new Purchase.Item("Yoga mat", "Sports", 29),
          new Purchase.Item("Cricket bat", "Sports", 95),
          new Purchase.Item("Paperback novel", "Books", 11));

  private Goods() {}

  static Purchase.Item any(RandomGenerator draws) {
    return SHELF.get(draws.nextInt(SHELF.size()));
  }

  /** One to four items whose prices sum up to roughly {@code amount}. */
  static List<Purchase.Item> basket(RandomGenerator draws, double amount) {
    int count = 1 + Math.min(3, (int) (-Math.log(1 - draws.nextDouble()) * 0.8));
    List<Purchase.Item> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Purchase.Item item = any(draws);
      double price = Math.max(SMALLEST_PRICE, amount / count * (0.7 + 0.6 * draws.nextDouble()));
      items.add(new Purchase.Item(item.name(), item.category(), cents(price)));
    }
    return List.copyOf(items);
  }

  static double total(List<Purchase.Item> items) {
    return cents(items.stream().mapToDouble(Purchase.Item::price).sum());
  }

  private static double cents(double amount) {
    return Math.round(amount * 100) / 100.0;
  }
}
