package dev.carillon.engine.audience;

import dev.carillon.core.audience.Rule;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rules of saved segments in the place of references to them. Stores compile only such
 * rules, so that none needs to know what is saved. For one rule at a time and one thread.
 */
public final class ResolvedRules {
  /** The most rules that one may come to; each stands in one statement of the store. */
  static final int MOST = 2_000;

  /** How deep segments may refer to segments. */
  static final int DEEPEST = 20;

  private final IntFunction<@Nullable Rule> segments;
  private final ArrayDeque<Integer> path = new ArrayDeque<>();
  private int rules;

  /**
   * @param segments the rule of the segment with the id; null when there is none
   */
  public ResolvedRules(IntFunction<@Nullable Rule> segments) {
    this.segments = segments;
  }

  /**
   * The rule without references to segments.
   *
   * @throws AudienceException when a segment is missing, goes in a circle, or is too large
   */
  public Rule of(Rule rule) {
    rules = 0;
    path.clear();
    return resolved(rule);
  }

  private Rule resolved(Rule rule) {
    if (++rules > MOST) {
      throw new AudienceException.TooLarge(
          "With the segments in it the rule has more than " + MOST + " conditions; use fewer.");
    }
    return switch (rule) {
      case Rule.All(List<Rule> inner) -> new Rule.All(inner.stream().map(this::resolved).toList());
      case Rule.Any(List<Rule> inner) -> new Rule.Any(inner.stream().map(this::resolved).toList());
      case Rule.Not(Rule inner) -> new Rule.Not(resolved(inner));
      case Rule.InSegment(int id) -> segment(id);
      case Rule.Everyone _,
          Rule.OfProperty _,
          Rule.Behaviour _,
          Rule.Reachable _,
          Rule.Bucket _,
          Rule.OnList _ ->
          rule;
    };
  }

  private Rule segment(int id) {
    Rule rule = segments.apply(id);
    if (rule == null) {
      throw new AudienceException.Unknown("segment", id);
    }
    if (path.contains(id)) {
      throw new AudienceException.Circle(List.copyOf(path));
    }
    if (path.size() == DEEPEST) {
      throw new AudienceException.TooLarge(
          "Segments may refer to each other at most " + DEEPEST + " deep.");
    }
    path.addLast(id);
    Rule resolved = resolved(rule);
    path.removeLast();
    return resolved;
  }
}
