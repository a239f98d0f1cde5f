package dev.carillon.core.campaign;

import dev.carillon.core.channel.MessageContent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several messages of which each user gets one: by fixed shares, or first a test and then, to the
 * rest, the winner. Variants are numbered from 0 in their order; the draw of a user is the same in
 * every run.
 *
 * @param variants 2 or 3, with different names, all through the same connections
 * @param test how the winner is found; null: split delivery by the variants' shares
 */
public record Variants(List<Variant> variants, @Nullable WinnerTest test) implements What {
  public static final int FEWEST = 2;
  public static final int MOST = 3;

  /** Stands for the variant of a message that gets the winner once there is one. */
  public static final int UNDECIDED = 255;

  public Variants {
    variants = List.copyOf(variants);
    if (variants.size() < FEWEST || variants.size() > MOST) {
      throw new IllegalArgumentException("2 or 3 variants, not " + variants.size());
    }
    List<Integer> connections = variants.getFirst().message().connections();
    if (!variants.stream()
        .allMatch(variant -> variant.message().connections().equals(connections))) {
      throw new IllegalArgumentException("all variants go through the same connections");
    }
    if (variants.stream().map(Variant::name).distinct().count() < variants.size()) {
      throw new IllegalArgumentException("two variants have one name");
    }
    if (test == null && variants.stream().mapToInt(Variant::share).sum() != 100) {
      throw new IllegalArgumentException("the shares do not sum to 100");
    }
    if (test != null && test.fallback() >= variants.size()) {
      throw new IllegalArgumentException("the fallback is none of the variants");
    }
  }

  @Override
  public List<MessageContent> messages() {
    return variants.stream().map(Variant::message).toList();
  }

  /**
   * Where each variant's buckets end in the draw {@link Draw.Purpose#VARIANT}, exclusive: a user
   * whose bucket is below the first gets variant 0, and so on. The last is {@link Draw#BUCKETS}.
   */
  public List<Integer> bounds() {
    List<Integer> bounds = new ArrayList<>(variants.size());
    int shares = 0;
    for (int number = 0; number < variants.size(); number++) {
      shares += variants.get(number).share();
      bounds.add(
          test == null
              ? shares * Draw.BUCKETS / 100
              : (number + 1) * Draw.BUCKETS / variants.size());
    }
    return List.copyOf(bounds);
  }

  /**
   * One of the messages.
   *
   * @param name what the marketer calls it, 1 to 50 characters
   * @param share percent of the users who get it, 1 to 98; in a test 0: its parts are equal
   * @param message what it says
   */
  public record Variant(String name, int share, MessageContent message) {}
}
