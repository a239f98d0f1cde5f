package dev.carillon.engine.profile;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The phone numbers that a profile has and had: of each, when it was first and last given. Merging
 * takes the earliest and the latest, so order and repetition do not matter, up to {@value #MOST}
 * numbers. Not thread-safe.
 */
public final class PhoneHistory {

  /** Microseconds since 1970. */
  private record Given(long first, long last) {
    private Given with(Given other) {
      return new Given(Math.min(first, other.first), Math.max(last, other.last));
    }
  }

  /** Of more numbers, those that were given last are kept. */
  private static final int MOST = 50;

  private final TreeMap<String, Given> numbers = new TreeMap<>();

  /**
   * Reads what {@link #text} wrote.
   *
   * @param text null for none
   */
  public static PhoneHistory of(@Nullable String text) {
    PhoneHistory history = new PhoneHistory();
    if (text != null) {
      for (String one : text.split(" ", -1)) {
        String[] parts = one.split(":", -1);
        history.add(parts[0], new Given(Long.parseLong(parts[1]), Long.parseLong(parts[2])));
      }
    }
    return history;
  }

  /** The number was given at this time, in microseconds since 1970. */
  void given(String number, long at) {
    add(number, new Given(at, at));
  }

  void merge(PhoneHistory other) {
    other.numbers.forEach(this::add);
  }

  private void add(String number, Given given) {
    numbers.merge(number, given, Given::with);
    if (numbers.size() > MOST) {
      numbers.entrySet().stream()
          .min(Comparator.comparingLong(one -> one.getValue().last()))
          .map(Map.Entry::getKey)
          .ifPresent(numbers::remove);
    }
  }

  /** Whether there was ever more than one number. */
  public boolean isSeveral() {
    return numbers.size() > 1;
  }

  /**
   * When each number but the present one was left, in microseconds since 1970: when another was
   * first given after it was last given, as far as the first and the last times of each show.
   *
   * @param present the profile's number; null without
   */
  public Map<String, Long> left(@Nullable String present) {
    Map<String, Long> left = new TreeMap<>();
    numbers.forEach(
        (number, given) -> {
          if (!number.equals(present)) {
            left.put(number, left(number, given));
          }
        });
    return left;
  }

  private long left(String number, Given given) {
    return numbers.entrySet().stream()
        .filter(other -> !other.getKey().equals(number))
        .map(Map.Entry::getValue)
        .filter(other -> other.last() >= given.last())
        .mapToLong(other -> other.first() > given.last() ? other.first() : other.last())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /**
   * As it is kept; null where the present number and its time say as much.
   *
   * @param present the profile's number; null without
   * @param at when it was given last
   */
  @Nullable String text(@Nullable String present, long at) {
    boolean plain =
        numbers.isEmpty()
            || (present != null
                && numbers.size() == 1
                && new Given(at, at).equals(numbers.get(present)));
    return plain
        ? null
        : numbers.entrySet().stream()
            .map(one -> one.getKey() + ":" + one.getValue().first() + ":" + one.getValue().last())
            .collect(Collectors.joining(" "));
  }
}
