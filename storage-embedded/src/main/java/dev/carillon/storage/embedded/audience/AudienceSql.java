package dev.carillon.storage.embedded.audience;

import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.engine.port.AudienceStore.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A rule as a query for the profiles that it matches.
 *
 * <p>Behaviours come first: each is a set of users that profiles are looked up in. A profile's
 * properties, which are dear to read, are read only where the behaviours do not settle the rule by
 * themselves, and once for all conditions.
 */
public final class AudienceSql {
  private final Rule rule;
  private final Evaluation evaluation;
  private final ConditionSql conditions;
  private final Map<EventSet, String> marks = new LinkedHashMap<>();
  private final List<String> properties;

  private AudienceSql(Rule rule, Evaluation evaluation) {
    this.rule = rule;
    this.evaluation = evaluation;
    this.conditions = new ConditionSql(evaluation.zone(), true);
    LinkedHashSet<String> names = new LinkedHashSet<>();
    collect(rule, names);
    this.properties = List.copyOf(names);
  }

  /**
   * The matching rows of {@code profile}.
   *
   * @param columns columns or expressions of them, without parameters
   */
  public static Sql select(String columns, Rule rule, Evaluation evaluation) {
    return new AudienceSql(rule, evaluation).select(columns);
  }

  private void collect(Rule part, Set<String> names) {
    switch (part) {
      case Rule.Everyone() -> {}
      case Rule.All(List<Rule> rules) -> rules.forEach(inner -> collect(inner, names));
      case Rule.Any(List<Rule> rules) -> rules.forEach(inner -> collect(inner, names));
      case Rule.Not(Rule inner) -> collect(inner, names);
      case Rule.OfProperty(PropertyCondition condition) -> names.add(condition.name());
      case Rule.Did did -> mark(EventSet.of(did).set());
      case Rule.DidNot didNot -> mark(EventSet.of(didNot).set());
    }
  }

  private void mark(EventSet set) {
    marks.putIfAbsent(set, "did" + marks.size());
  }

  private Sql select(String columns) {
    Sql profiles = marks.isEmpty() ? Sql.of("profile") : marked();
    if (!properties.isEmpty()) {
      profiles = extracted(profiles);
    }
    return Sql.of(
        "SELECT " + columns + " FROM {} WHERE {}", profiles, matches(rule, Known.NOTHING));
  }

  /** The profiles with a column for each behaviour: whether the user is in its set. */
  private Sql marked() {
    ArrayList<Sql> columns = new ArrayList<>();
    marks.forEach(
        (set, mark) -> columns.add(Sql.of("user_key IN ({}) AS " + mark, set.select(evaluation))));
    return Sql.of("(SELECT *, {} FROM profile)", Sql.join(", ", columns));
  }

  /** The profiles with the JSON texts of the properties, where the behaviours leave it open. */
  private Sql extracted(Sql profiles) {
    Sql open =
        Sql.and(List.of(matches(rule, Known.AT_MOST), Sql.not(matches(rule, Known.AT_LEAST))));
    Sql values = ConditionSql.extracted("properties", properties);
    return open.equals(Sql.TRUE)
        ? Sql.of("(SELECT *, {} AS v FROM {})", values, profiles)
        : Sql.of("(SELECT *, CASE WHEN {} THEN {} END AS v FROM {})", open, values, profiles);
  }

  /** What is assumed of conditions on properties. */
  private enum Known {
    /** They are looked at. */
    NOTHING,
    /** As if they held wherever that makes the rule match. */
    AT_MOST,
    /** As if they held wherever that keeps the rule from matching. */
    AT_LEAST;

    Known negated() {
      return switch (this) {
        case NOTHING -> NOTHING;
        case AT_MOST -> AT_LEAST;
        case AT_LEAST -> AT_MOST;
      };
    }
  }

  private Sql matches(Rule part, Known known) {
    return switch (part) {
      case Rule.Everyone() -> Sql.TRUE;
      case Rule.All(List<Rule> rules) ->
          Sql.and(rules.stream().map(inner -> matches(inner, known)).toList());
      case Rule.Any(List<Rule> rules) ->
          Sql.or(rules.stream().map(inner -> matches(inner, known)).toList());
      case Rule.Not(Rule inner) -> Sql.not(matches(inner, known.negated()));
      case Rule.OfProperty(PropertyCondition condition) ->
          switch (known) {
            case NOTHING ->
                conditions.matches(
                    condition, ConditionSql.element(properties.indexOf(condition.name())));
            case AT_MOST -> Sql.TRUE;
            case AT_LEAST -> Sql.FALSE;
          };
      case Rule.Did did -> member(EventSet.of(did));
      case Rule.DidNot didNot -> member(EventSet.of(didNot));
    };
  }

  private Sql member(EventSet.Membership membership) {
    Sql mark = Sql.of(marks.getOrDefault(membership.set(), ""));
    return membership.outside() ? Sql.not(mark) : mark;
  }
}
