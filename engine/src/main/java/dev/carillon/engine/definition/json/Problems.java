package dev.carillon.engine.definition.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one document. For one thread. */
public final class Problems {
  /** More problems than this of one document are not listed; the first ones come first. */
  public static final int MOST = 100;

  private final ArrayList<Problem> problems = new ArrayList<>();

  public Problems() {}

  void add(String pointer, Problem.Code code, String words) {
    if (problems.size() < MOST) {
      problems.add(new Problem(pointer, code, words));
    }
  }

  /** The value, unless something was wrong on the way to it. */
  public <T> Reading<T> reading(@Nullable T value) {
    if (problems.isEmpty() && value != null) {
      return new Reading.Understood<>(value);
    }
    if (problems.isEmpty()) {
      throw new IllegalStateException("neither a value nor a problem");
    }
    return new Reading.Refused<>(List.copyOf(problems));
  }
}
