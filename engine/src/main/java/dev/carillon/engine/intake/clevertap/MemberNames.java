package dev.carillon.engine.intake.clevertap;

import java.util.HashSet;
import java.util.Set;

/** The names of an object's members so far; quick for few. */
final class MemberNames {
  private static final int FEW = 12;

  private final String[] first = new String[FEW];
  private int size;
  private Set<String> more = Set.of();

  /** Whether the name is new. */
  boolean add(String name) {
    for (int i = 0; i < size; i++) {
      if (first[i].equals(name)) {
        return false;
      }
    }
    if (size < FEW) {
      first[size++] = name;
      return true;
    }
    if (more.isEmpty()) {
      more = new HashSet<>();
    }
    return more.add(name);
  }
}
