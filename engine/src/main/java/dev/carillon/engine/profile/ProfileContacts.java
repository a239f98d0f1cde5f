package dev.carillon.engine.profile;

import dev.carillon.core.user.Endpoint;
import dev.carillon.core.user.EndpointKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a profile says of how its user is reached: the addresses that it gives and gave, of each
 * kind, and the channels on which it refuses messages. As text, a line a kind: its name, what it is
 * now ({@value #NONE}, {@value #INVALID}, or the address), and the {@link AddressHistory} where
 * that says more; and a line with the channels, which begins with {@value #REFUSES}.
 */
final class ProfileContacts {
  private static final String NONE = "-";
  private static final String INVALID = "!";
  private static final String REFUSES = "refuses";

  /** When an address was left that no other followed. */
  private static final Instant NOT_LEFT = Instant.parse("9999-01-01T00:00:00Z");

  /**
   * The addresses of one kind.
   *
   * @param present the profile's address; null without a valid one
   * @param invalid whether it gives one that is not valid
   * @param history as {@link AddressHistory#text} wrote it; null where the present one says as much
   */
  record Kept(@Nullable String present, boolean invalid, @Nullable String history) {
    static final Kept NOTHING = new Kept(null, false, null);

    private boolean isNothing() {
      return present == null && !invalid && history == null;
    }
  }

  private final Map<EndpointKind, Kept> kinds = new EnumMap<>(EndpointKind.class);
  private final Set<String> optOuts = new TreeSet<>();

  /** Reads what {@link #text} wrote; empty for none. */
  static ProfileContacts of(String text) {
    ProfileContacts contacts = new ProfileContacts();
    if (!text.isEmpty()) {
      for (String line : text.split("\n", -1)) {
        if (line.startsWith(REFUSES)) {
          contacts.refuse(List.of(line.substring(REFUSES.length() + 1).split(" ", -1)));
          continue;
        }
        String[] parts = line.split(" ", 3);
        contacts.kinds.put(
            EndpointKind.ofKey(parts[0]),
            new Kept(
                parts[1].equals(NONE) || parts[1].equals(INVALID)
                    ? null
                    : AddressHistory.decoded(parts[1]),
                parts[1].equals(INVALID),
                parts.length < 3 ? null : parts[2]));
      }
    }
    return contacts;
  }

  Kept of(EndpointKind kind) {
    return kinds.getOrDefault(kind, Kept.NOTHING);
  }

  void put(EndpointKind kind, Kept kept) {
    if (kept.isNothing()) {
      kinds.remove(kind);
    } else {
      kinds.put(kind, kept);
    }
  }

  void refuse(Collection<String> channels) {
    optOuts.addAll(channels);
  }

  /** The names of the channels, and {@code email}, on which messages are refused. */
  Set<String> optOuts() {
    return optOuts;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    kinds.forEach(
        (kind, kept) -> {
          String present =
              kept.present() != null
                  ? AddressHistory.encoded(kept.present())
                  : kept.invalid() ? INVALID : NONE;
          lines.add(
              kind.key() + " " + present + (kept.history() == null ? "" : " " + kept.history()));
        });
    if (!optOuts.isEmpty()) {
      lines.add(REFUSES + " " + String.join(" ", optOuts));
    }
    return String.join("\n", lines);
  }

  /** As endpoints, the present ones first. */
  List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    kinds.forEach(
        (kind, kept) -> {
          if (kept.present() != null) {
            endpoints.add(Endpoint.of(kind, kept.present()));
          } else if (kept.invalid()) {
            endpoints.add(Endpoint.invalid(kind));
          }
        });
    kinds.forEach(
        (kind, kept) ->
            AddressHistory.of(kept.history())
                .left(kept.present())
                .forEach((address, at) -> endpoints.add(Endpoint.left(kind, address, left(at)))));
    return endpoints;
  }

  private static Instant left(long micros) {
    return micros == Long.MAX_VALUE ? NOT_LEFT : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
