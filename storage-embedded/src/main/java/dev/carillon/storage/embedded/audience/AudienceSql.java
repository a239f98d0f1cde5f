package dev.carillon.storage.embedded.audience;

import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Draw;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.audience.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule as a query for the profiles that it matches.
 *
 * <p>Behaviours come first: each is a set of users that profiles are looked up in, as a custom list
 * is. With them come reachability and buckets, which are plain columns. A profile's properties,
 * which are expensive to read, are read only of the profiles that are left.
 */
public final class AudienceSql {
  private final Evaluation evaluation;
  private final ConditionSql conditions;

  /** The columns that are added to profiles: expressions and names. */
  private final Map<Sql, String> marks = new LinkedHashMap<>();

  private AudienceSql(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.conditions = new ConditionSql(evaluation.zone(), true);
  }

  /**
   * The matching rows of {@code profile}.
   *
   * @param columns columns or expressions of them, without parameters
   */
  public static Sql select(String columns, Rule rule, Evaluation evaluation) {
    return Sql.of("SELECT " + columns + " FROM {}", new AudienceSql(evaluation).matching(rule));
  }

  /** First what columns and behaviours settle, then plain conditions, then what mixes them. */
  private Sql matching(Rule rule) {
    ArrayList<Rule> behaviours = new ArrayList<>();
    ArrayList<PropertyCondition> plain = new ArrayList<>();
    ArrayList<Rule> mixed = new ArrayList<>();
    for (Rule part : parts(rule)) {
      if (part instanceof Rule.OfProperty(PropertyCondition condition)) {
        plain.add(condition);
      } else if (properties(part).isEmpty()) {
        behaviours.add(part);
      } else {
        mixed.add(part);
      }
      mark(part);
    }
    Sql profiles = marks.isEmpty() ? Sql.of("profile") : marked();
    if (!behaviours.isEmpty()) {
      profiles =
          Sql.of(
              "(SELECT * FROM {} WHERE {})",
              profiles,
              matches(new Rule.All(behaviours), List.of(), Known.NOTHING));
    }
    profiles = conditions.filtered(profiles, plain);
    return mixed.isEmpty() ? profiles : mixed(profiles, new Rule.All(mixed));
  }

  /** The rules that must all match. */
  private static List<Rule> parts(Rule rule) {
    return rule instanceof Rule.All(List<Rule> rules)
        ? rules.stream().flatMap(inner -> parts(inner).stream()).toList()
        : List.of(rule);
  }

  /** The names of the properties of profiles that the rule looks at. */
  private static List<String> properties(Rule rule) {
    return switch (rule) {
      case Rule.All(List<Rule> rules) -> properties(rules);
      case Rule.Any(List<Rule> rules) -> properties(rules);
      case Rule.Not(Rule inner) -> properties(inner);
      case Rule.OfProperty(PropertyCondition condition) -> List.of(condition.name());
      case Rule.Everyone() -> List.of();
      case Rule.Behaviour behaviour -> List.of();
      case Rule.Reachable reachable -> List.of();
      case Rule.Bucket bucket -> List.of();
      case Rule.Saved saved -> List.of();
    };
  }

  private static List<String> properties(List<Rule> rules) {
    return rules.stream().flatMap(inner -> properties(inner).stream()).distinct().toList();
  }

  /** Names a column for each part that needs no properties; the same ones have one together. */
  private void mark(Rule rule) {
    switch (rule) {
      case Rule.All(List<Rule> rules) -> rules.forEach(this::mark);
      case Rule.Any(List<Rule> rules) -> rules.forEach(this::mark);
      case Rule.Not(Rule inner) -> mark(inner);
      case Rule.Behaviour behaviour -> mark(member(EventSet.of(behaviour).set()));
      case Rule.Reachable(Channel channel) -> mark(Reachability.reachable(channel));
      case Rule.Bucket bucket -> mark(drawn(bucket));
      case Rule.OnList(int list) -> mark(listed(list));
      case Rule.InSegment segment -> throw unresolved(segment);
      case Rule.Everyone everyone -> {}
      case Rule.OfProperty property -> {}
    }
  }

  private void mark(Sql expression) {
    marks.putIfAbsent(expression, "mark" + marks.size());
  }

  private Sql member(EventSet set) {
    return Sql.of("user_key IN ({})", set.select(evaluation));
  }

  private static Sql listed(int list) {
    return Sql.of(
        "user_key IN (SELECT user_key FROM list_member WHERE list = {})", Sql.value(list));
  }

  private static IllegalArgumentException unresolved(Rule.InSegment segment) {
    return new IllegalArgumentException(
        "segment " + segment.id() + " must be replaced by its rule before it is compiled");
  }

  private static Sql drawn(Rule.Bucket bucket) {
    int width = Draw.BUCKETS / Rule.Bucket.BUCKETS;
    return Sql.of(
        "({} BETWEEN {} AND {})",
        DrawSql.bucket(Draw.OF_RULES),
        Sql.value((long) bucket.from() * width),
        Sql.value((long) (bucket.to() + 1) * width - 1));
  }

  /** The profiles with the columns that are named. */
  private Sql marked() {
    ArrayList<Sql> columns = new ArrayList<>();
    marks.forEach((expression, mark) -> columns.add(Sql.of("{} AS " + mark, expression)));
    return Sql.of("(SELECT *, {} FROM profile)", Sql.join(", ", columns));
  }

  /**
   * The profiles that the rule matches. Their properties are read together, and only where the
   * behaviours leave the rule open.
   */
  private Sql mixed(Sql profiles, Rule rule) {
    List<String> names = properties(rule);
    Sql open =
        Sql.and(
            List.of(
                matches(rule, names, Known.AT_MOST),
                Sql.not(matches(rule, names, Known.AT_LEAST))));
    return Sql.of(
        "(SELECT * FROM (SELECT *, CASE WHEN {} THEN {} END AS v FROM {}) WHERE {})",
        open,
        ConditionSql.extracted("properties", names),
        profiles,
        matches(rule, names, Known.NOTHING));
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

  private Sql matches(Rule part, List<String> names, Known known) {
    return switch (part) {
      case Rule.Everyone() -> Sql.TRUE;
      case Rule.All(List<Rule> rules) ->
          Sql.and(rules.stream().map(inner -> matches(inner, names, known)).toList());
      case Rule.Any(List<Rule> rules) ->
          Sql.or(rules.stream().map(inner -> matches(inner, names, known)).toList());
      case Rule.Not(Rule inner) -> Sql.not(matches(inner, names, known.negated()));
      case Rule.OfProperty(PropertyCondition condition) ->
          switch (known) {
            case NOTHING ->
                conditions.matches(
                    condition, ConditionSql.element(names.indexOf(condition.name())));
            case AT_MOST -> Sql.TRUE;
            case AT_LEAST -> Sql.FALSE;
          };
      case Rule.Behaviour behaviour -> {
        EventSet.Membership membership = EventSet.of(behaviour);
        Sql inside = marked(member(membership.set()));
        yield membership.outside() ? Sql.not(inside) : inside;
      }
      case Rule.Reachable(Channel channel) -> marked(Reachability.reachable(channel));
      case Rule.Bucket bucket -> marked(drawn(bucket));
      case Rule.OnList(int list) -> marked(listed(list));
      case Rule.InSegment segment -> throw unresolved(segment);
    };
  }

  /** The column that holds the expression. */
  private Sql marked(Sql expression) {
    return Sql.of(marks.getOrDefault(expression, ""));
  }
}
