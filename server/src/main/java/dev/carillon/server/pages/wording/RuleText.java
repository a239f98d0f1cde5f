package dev.carillon.server.pages.wording;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Times;
import dev.carillon.core.audience.Value;
import dev.carillon.core.channel.Channel;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Says a rule in plain English, without markup. */
public final class RuleText {
  private final Names names;

  private RuleText(Names names) {
    this.names = names;
  }

  /** The names of what rules refer to by id. */
  public interface Names {
    String segment(int id);

    String list(int id);
  }

  public static String of(Rule rule, Names names) {
    return new RuleText(names).sentence(rule);
  }

  private String sentence(Rule rule) {
    return switch (rule) {
      case Rule.Everyone() -> "Everyone";
      case Rule.All(var rules) -> rules.isEmpty() ? "Everyone" : "People " + joined(rules, " and ");
      case Rule.Any(var rules) -> rules.isEmpty() ? "No one" : "People " + joined(rules, " or ");
      case Rule.Not(var inner) -> "Everyone except people " + phrase(inner);
      case Rule.OfProperty _, Rule.Behaviour _, Rule.Reachable _, Rule.Bucket _, Rule.Saved _ ->
          "People " + phrase(rule);
    };
  }

  /** What follows "people". */
  private String phrase(Rule rule) {
    return switch (rule) {
      case Rule.Everyone() -> "of any kind";
      case Rule.All(var rules) ->
          rules.isEmpty() ? "of any kind" : "(" + joined(rules, " and ") + ")";
      case Rule.Any(var rules) ->
          rules.isEmpty() ? "of no kind" : "(" + joined(rules, " or ") + ")";
      case Rule.Not(var inner) -> "not those " + phrase(inner);
      case Rule.OfProperty(var condition) -> "whose " + condition(condition);
      case Rule.Did did ->
          "who did " + did.event() + times(did.times()) + period(did.period()) + where(did.where());
      case Rule.DidNot didNot ->
          "who did not do " + didNot.event() + period(didNot.period()) + where(didNot.where());
      case Rule.Occasion(var which, String event, Period period) ->
          "whose "
              + which.key()
              + " "
              + event
              + " was"
              + (period instanceof Period.Ever ? " at any time" : period(period));
      case Rule.Amount amount ->
          "whose "
              + figure(amount.figure())
              + " "
              + amount.compared().name()
              + " of "
              + amount.event()
              + period(amount.period())
              + where(amount.where())
              + comparison(amount.compared());
      case Rule.Reachable(Channel channel) -> "who can be reached on " + channel.title();
      case Rule.InSegment(int id) -> "in the segment \u201c" + names.segment(id) + "\u201d";
      case Rule.OnList(int id) -> "on the list \u201c" + names.list(id) + "\u201d";
      case Rule.Bucket(int from, int to) ->
          "in a random "
              + (to - from + 1)
              + "\u00a0% (bucket"
              + (from == to ? " " + from : "s " + from + " to " + to)
              + ")";
    };
  }

  private static String figure(Rule.Amount.Figure figure) {
    return switch (figure) {
      case SUM -> "total";
      case AVERAGE -> "average";
    };
  }

  private String joined(List<Rule> rules, String word) {
    return rules.stream().map(this::phrase).collect(Collectors.joining(word));
  }

  /** Filters of an event, as what follows its name. */
  static String where(List<PropertyCondition> conditions) {
    return conditions.isEmpty()
        ? ""
        : " where "
            + conditions.stream().map(RuleText::condition).collect(Collectors.joining(" and "));
  }

  private static String condition(PropertyCondition condition) {
    return condition.name() + comparison(condition);
  }

  private static String comparison(PropertyCondition condition) {
    String words = " " + words(condition.operator());
    String value =
        condition.operator() == PropertyCondition.Operator.BETWEEN
                && condition.value() instanceof Value.Many(var ends)
            ? ends.stream().map(RuleText::value).collect(Collectors.joining(" and "))
            : value(condition.value());
    return value.isEmpty() ? words : words + " " + value;
  }

  /** An operator as it is written in sentences and forms. */
  public static String words(PropertyCondition.Operator operator) {
    return switch (operator) {
      case EQUALS -> "is";
      case NOT_EQUALS -> "is not";
      case CONTAINS -> "contains";
      case NOT_CONTAINS -> "does not contain";
      case STARTS_WITH -> "starts with";
      case IN -> "is one of";
      case NOT_IN -> "is none of";
      case EXISTS -> "is known";
      case NOT_EXISTS -> "is not known";
      case GREATER_THAN -> "is more than";
      case GREATER_OR_EQUAL -> "is at least";
      case LESS_THAN -> "is less than";
      case LESS_OR_EQUAL -> "is at most";
      case BETWEEN -> "is between";
      case BEFORE -> "is before";
      case AFTER -> "is after";
    };
  }

  private static String times(Times times) {
    if (times.min() == times.max()) {
      return " exactly " + many(times.min());
    }
    if (times.max() == Long.MAX_VALUE) {
      return times.min() <= 1 ? "" : " at least " + many(times.min());
    }
    String words =
        times.min() > 1
            ? " " + times.min() + " to " + times.max() + " times"
            : " at most " + many(times.max());
    return times.includeNever() ? words + " or never" : words;
  }

  private static String many(long times) {
    return times == 1 ? "once" : times + " times";
  }

  private static String period(Period period) {
    return switch (period) {
      case Period.Ever() -> "";
      case Period.Within(var length) -> " in the last " + DisplayFormat.length(length);
      case Period.Days(var from, var to) ->
          (from == null ? "" : " from " + from) + (to == null ? "" : " until " + to);
    };
  }

  private static String value(Value value) {
    return switch (value) {
      case Value.Nothing() -> "";
      case Value.Text(String text) -> "\u201c" + text + "\u201d";
      case Value.Numeric(var number) -> number.toPlainString();
      case Value.Truth(boolean truth) -> truth ? "true" : "false";
      case Value.Day(var day) -> day.toString();
      case Value.Moment(var time, var offset) -> time + (offset == null ? "" : offset.getId());
      case Value.Many(var values) ->
          values.stream().map(RuleText::value).collect(Collectors.joining(", "));
    };
  }
}
