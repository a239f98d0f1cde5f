package dev.carillon.channels.support.liquid;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one rendering sees and may still do: the person's properties as top-level names (and all of
 * them again as {@code profile}), what the text itself has counted, and the steps left.
 */
final class RenderScope extends AbstractMap<String, @Nullable Object> {
  private static final int MOST_STEPS = 10_000;
  private static final String PROFILE = "profile";

  private final LiquidPerson person;
  private @Nullable Map<String, @Nullable Object> counted;
  private int steps;

  RenderScope(LiquidPerson person) {
    this.person = person;
  }

  /** Counts one step of the rendering. */
  void step() {
    if (++steps > MOST_STEPS) {
      throw new LiquidFailure("the text takes too many steps");
    }
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    if (!(key instanceof String name)) {
      return null;
    }
    if (counted != null && counted.containsKey(name)) {
      return counted.get(name);
    }
    Object value = person.get(name);
    return value == null && name.equals(PROFILE) ? this : value;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public @Nullable Object put(String key, @Nullable Object value) {
    if (counted == null) {
      counted = new HashMap<>();
    }
    return counted.put(key, value);
  }

  /** The scope is looked into by name only; a text cannot list a person's properties. */
  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    return Set.of();
  }
}
