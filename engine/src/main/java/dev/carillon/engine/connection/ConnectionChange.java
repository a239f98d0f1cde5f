package dev.carillon.engine.connection;

import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Connections.Connected;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was made of a connection.
 *
 * @param before as it was; for one that was set up, the same without name and settings
 * @param after as it is now
 * @param secrets names of the secrets that were entered
 */
public record ConnectionChange(Connection before, Connected after, Set<String> secrets) {
  private static final int LONGEST_VALUE = 200;

  public ConnectionChange {
    secrets = Set.copyOf(secrets);
  }

  /** What changed, for the audit log: settings with both values, secrets by their names only. */
  public String words() {
    Connection now = after.connection();
    List<String> parts = new ArrayList<>();
    add(parts, "name", before.name(), now.name());
    Set<String> names = new TreeSet<>(before.settings().keySet());
    names.addAll(now.settings().keySet());
    for (String name : names) {
      add(parts, name, before.text(name).orElse(""), now.text(name).orElse(""));
    }
    if (!secrets.isEmpty()) {
      parts.add("secrets entered: " + String.join(", ", new TreeSet<>(secrets)));
    }
    return parts.isEmpty() ? "nothing changed" : String.join("; ", parts);
  }

  private static void add(List<String> parts, String name, String before, String after) {
    if (Objects.equals(before, after)) {
      return;
    }
    if (before.isEmpty()) {
      parts.add(name + " set to " + clipped(after));
    } else if (after.isEmpty()) {
      parts.add(name + " no longer " + clipped(before));
    } else {
      parts.add(name + " from " + clipped(before) + " to " + clipped(after));
    }
  }

  private static String clipped(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 1) + "…";
  }
}
