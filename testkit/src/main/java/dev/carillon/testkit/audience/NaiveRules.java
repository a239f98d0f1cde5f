package dev.carillon.testkit.audience;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Times;
import dev.carillon.engine.port.AudienceStore.Evaluation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Evaluates a rule for one user by going through everything, as the rule language says it. Stores
 * are compared with it; it shares no code with them.
 */
public final class NaiveRules {
  private static final JsonMapper JSON = new JsonMapper();

  private final Evaluation evaluation;
  private final NaiveConditions conditions;

  /**
   * @param evaluation when and where rules are evaluated
   */
  public NaiveRules(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.conditions = new NaiveConditions(evaluation.zone());
  }

  /** Whether the rule matches the user. */
  public boolean matches(Rule rule, KnownUser user) {
    return switch (rule) {
      case Rule.Everyone() -> true;
      case Rule.All(List<Rule> rules) -> rules.stream().allMatch(inner -> matches(inner, user));
      case Rule.Any(List<Rule> rules) -> rules.stream().anyMatch(inner -> matches(inner, user));
      case Rule.Not(Rule inner) -> !matches(inner, user);
      case Rule.OfProperty(PropertyCondition condition) ->
          conditions.fits(condition, JSON.readTree(user.properties()));
      case Rule.Did did -> {
        long count = count(user, did.event(), did.period(), did.where());
        Times times = did.times();
        yield count == 0
            ? times.min() == 0 && times.includeNever()
            : count >= times.min() && count <= times.max();
      }
      case Rule.DidNot didNot -> count(user, didNot.event(), didNot.period(), didNot.where()) == 0;
    };
  }

  /** Whether all conditions fit a JSON object. */
  public boolean fit(List<PropertyCondition> where, String properties) {
    JsonNode object = JSON.readTree(properties);
    return where.stream().allMatch(condition -> conditions.fits(condition, object));
  }

  private long count(KnownUser user, String event, Period period, List<PropertyCondition> where) {
    return user.events().stream()
        .filter(done -> done.name().equals(event))
        .filter(done -> in(period, done.at()))
        .filter(done -> fit(where, done.properties()))
        .count();
  }

  private boolean in(Period period, Instant at) {
    return switch (period) {
      case Period.Ever() -> true;
      case Period.Within(var length) ->
          at.isAfter(evaluation.at().minus(length)) && !at.isAfter(evaluation.at());
      case Period.Days(var from, var to) -> {
        LocalDate day = at.atZone(evaluation.zone()).toLocalDate();
        yield (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
      }
    };
  }
}
