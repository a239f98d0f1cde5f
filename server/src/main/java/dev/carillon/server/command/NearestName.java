package dev.carillon.server.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody meant who mistyped a name. */
final class NearestName {
  /** More slips than these, and it is another name. */
  private static final int MOST_SLIPS = 3;

  private NearestName() {}

  /** The name that is fewest slips away; empty when none is near. */
  static Optional<String> to(String typed, Collection<String> names) {
    return names.stream()
        .filter(name -> slips(typed, name) <= MOST_SLIPS)
        .min(
            Comparator.comparingInt((String name) -> slips(typed, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Characters that were left out, added or changed: Levenshtein's distance. */
  private static int slips(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[other.length()];
  }
}
