package dev.carillon.engine.profile;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one kind that a profile gives and gave: of each, when it was first and last
 * given. Merging takes the earliest and the latest, so order and repetition do not matter, up to
 * {@value #MOST} addresses. Not thread-safe.
 */
final class AddressHistory {

  /** Microseconds since 1970. */
  private record Given(long first, long last) {
    private Given with(Given other) {
      return new Given(Math.min(first, other.first), Math.max(last, other.last));
    }
  }

  /** Of more addresses, those that were given last are kept. */
  private static final int MOST = 50;

  private final TreeMap<String, Given> addresses = new TreeMap<>();

  /**
   * Reads what {@link #text} wrote.
   *
   * @param text null for none
   */
  static AddressHistory of(@Nullable String text) {
    AddressHistory history = new AddressHistory();
    if (text != null) {
      for (String one : text.split(" ", -1)) {
        String[] parts = one.split(":", -1);
        history.add(
            decoded(parts[0]), new Given(Long.parseLong(parts[1]), Long.parseLong(parts[2])));
      }
    }
    return history;
  }

  /** The address was given at this time, in microseconds since 1970. */
  void given(String address, long at) {
    add(address, new Given(at, at));
  }

  void merge(AddressHistory other) {
    other.addresses.forEach(this::add);
  }

  private void add(String address, Given given) {
    addresses.merge(address, given, Given::with);
    if (addresses.size() > MOST) {
      addresses.entrySet().stream()
          .min(Comparator.comparingLong(one -> one.getValue().last()))
          .map(Map.Entry::getKey)
          .ifPresent(addresses::remove);
    }
  }

  /**
   * When each address but the present one was left, in microseconds since 1970: when another was
   * first given after it was last given, as far as the first and the last times of each show.
   *
   * @param present the profile's address; null without
   */
  Map<String, Long> left(@Nullable String present) {
    Map<String, Long> left = new TreeMap<>();
    addresses.forEach(
        (address, given) -> {
          if (!address.equals(present)) {
            left.put(address, left(address, given));
          }
        });
    return left;
  }

  private long left(String address, Given given) {
    return addresses.entrySet().stream()
        .filter(other -> !other.getKey().equals(address))
        .map(Map.Entry::getValue)
        .filter(other -> other.last() >= given.last())
        .mapToLong(other -> other.first() > given.last() ? other.first() : other.last())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /**
   * As it is kept; null where the present address and its time say as much.
   *
   * @param present the profile's address; null without
   * @param at when it was given last
   */
  @Nullable String text(@Nullable String present, long at) {
    boolean plain =
        addresses.isEmpty()
            || (present != null
                && addresses.size() == 1
                && new Given(at, at).equals(addresses.get(present)));
    return plain
        ? null
        : addresses.entrySet().stream()
            .map(
                one ->
                    encoded(one.getKey())
                        + ":"
                        + one.getValue().first()
                        + ":"
                        + one.getValue().last())
            .collect(Collectors.joining(" "));
  }

  /** An address without characters that a kept text has a use for. */
  static String encoded(String address) {
    return URLEncoder.encode(address, StandardCharsets.UTF_8);
  }

  static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
