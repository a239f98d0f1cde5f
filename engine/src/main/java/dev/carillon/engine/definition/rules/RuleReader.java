package dev.carillon.engine.definition.rules;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Rule.Amount.Figure;
import dev.carillon.core.audience.Rule.Occasion.Which;
import dev.carillon.core.audience.Times;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.definition.json.JsonPlace;
import dev.carillon.engine.definition.json.Problem.Code;
import dev.carillon.engine.definition.json.Problems;
import dev.carillon.engine.definition.json.Reading;
import dev.carillon.engine.definition.when.PeriodReader;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a rule of the rule language from JSON. Never throws on what was sent in. */
public final class RuleReader {
  private static final int MOST_RULES = 500;
  private static final int MOST_DEPTH = 20;
  private static final long MOST_TIMES = 1_000_000_000;
  private static final Set<String> KINDS =
      new LinkedHashSet<>(
          List.of(
              "everyone",
              "all",
              "any",
              "not",
              "property",
              "did",
              "didNot",
              "first",
              "last",
              "sum",
              "average",
              "reachable",
              "bucket",
              "segment",
              "list"));

  private int rules;

  private RuleReader() {}

  /** The rule that the JSON value holds. */
  public static Reading<Rule> read(JsonNode json) {
    Problems problems = new Problems();
    return problems.reading(read(JsonPlace.root(json, problems)));
  }

  public static @Nullable Rule read(JsonPlace place) {
    return new RuleReader().rule(place, 1);
  }

  private @Nullable Rule rule(JsonPlace place, int depth) {
    if (!counted(place)) {
      return null;
    }
    if (depth > MOST_DEPTH) {
      return place.no(Code.TOO_DEEP, "rules may nest at most " + MOST_DEPTH + " deep");
    }
    if (!place.isObject()) {
      return null;
    }
    String kind = kind(place);
    return kind == null
        ? null
        : switch (kind) {
          case "everyone" -> everyone(place);
          case "all" -> {
            List<Rule> inner = rules(place, "all", depth);
            yield inner == null ? null : new Rule.All(inner);
          }
          case "any" -> {
            List<Rule> inner = rules(place, "any", depth);
            yield inner == null ? null : new Rule.Any(inner);
          }
          case "not" -> {
            place.object("not");
            Rule inner = rule(place.member("not"), depth + 1);
            yield inner == null ? null : new Rule.Not(inner);
          }
          case "property" -> {
            PropertyCondition condition = ConditionReader.read(place);
            yield condition == null ? null : new Rule.OfProperty(condition);
          }
          case "did" -> did(place);
          case "didNot" -> didNot(place);
          case "first" -> occasion(place, Which.FIRST);
          case "last" -> occasion(place, Which.LAST);
          case "sum" -> amount(place, Figure.SUM);
          case "average" -> amount(place, Figure.AVERAGE);
          case "reachable" -> reachable(place);
          case "bucket" -> bucket(place);
          case "segment" -> saved(place, "segment", Rule.InSegment::new);
          case "list" -> saved(place, "list", Rule.OnList::new);
          default -> throw new IllegalStateException(kind);
        };
  }

  /** Counts one more rule or condition; false, and reported once, when that is too many. */
  private boolean counted(JsonPlace place) {
    if (++rules == MOST_RULES + 1) {
      place.problem(Code.TOO_MANY, "at most " + MOST_RULES + " rules and filters fit together");
    }
    return rules <= MOST_RULES;
  }

  /** The member that says which rule it is. */
  private static @Nullable String kind(JsonPlace place) {
    String found = null;
    for (String kind : KINDS) {
      if (place.has(kind)) {
        if (found != null) {
          return place
              .member(kind)
              .no(Code.CONTRADICTION, "a rule cannot be " + found + " and " + kind + " at once");
        }
        found = kind;
      }
    }
    if (found != null) {
      return found;
    }
    return place.no(Code.REQUIRED, "a rule needs one of the members " + String.join(", ", KINDS));
  }

  private static @Nullable Rule everyone(JsonPlace place) {
    place.object("everyone");
    JsonNode value = place.member("everyone").node();
    return value.isBoolean() && value.booleanValue()
        ? new Rule.Everyone()
        : place.member("everyone").no(Code.WRONG_TYPE, "this can only be true");
  }

  private @Nullable List<Rule> rules(JsonPlace place, String member, int depth) {
    place.object(member);
    return place.member(member).list(0, MOST_RULES, inner -> rule(inner, depth + 1));
  }

  private @Nullable Rule did(JsonPlace place) {
    place.object(
        "did", "atLeast", "atMost", "exactly", "within", "from", "to", "where", "includeNever");
    String event = place.member("did").name(ConditionReader.NAME_LENGTH);
    Times times = times(place);
    Period period = PeriodReader.period(place);
    List<PropertyCondition> where = where(place);
    return event == null || times == null || period == null || where == null
        ? null
        : new Rule.Did(event, times, period, where);
  }

  private @Nullable Rule didNot(JsonPlace place) {
    place.object("didNot", "within", "from", "to", "where");
    String event = place.member("didNot").name(ConditionReader.NAME_LENGTH);
    Period period = PeriodReader.period(place);
    List<PropertyCondition> where = where(place);
    return event == null || period == null || where == null
        ? null
        : new Rule.DidNot(event, period, where);
  }

  private static @Nullable Rule occasion(JsonPlace place, Which which) {
    place.object(which.key(), "within", "from", "to");
    String event = place.member(which.key()).name(ConditionReader.NAME_LENGTH);
    Period period = PeriodReader.period(place);
    return event == null || period == null ? null : new Rule.Occasion(which, event, period);
  }

  private @Nullable Rule amount(JsonPlace place, Figure figure) {
    place.object(figure.key(), "of", "op", "value", "within", "from", "to", "where");
    PropertyCondition compared = ConditionReader.figure(place, figure.key());
    String event = place.member("of").name(ConditionReader.NAME_LENGTH);
    Period period = PeriodReader.period(place);
    List<PropertyCondition> where = where(place);
    return compared == null || event == null || period == null || where == null
        ? null
        : new Rule.Amount(figure, event, compared, period, where);
  }

  private static @Nullable Rule reachable(JsonPlace place) {
    place.object("reachable");
    String key =
        place.member("reachable").oneOf(Arrays.stream(Channel.values()).map(Channel::key).toList());
    return key == null ? null : Channel.ofKey(key).map(Rule.Reachable::new).orElse(null);
  }

  /** An id as the API gives it, a text of digits; a number is taken as well. */
  private static @Nullable Rule saved(JsonPlace place, String kind, IntFunction<Rule> rule) {
    place.object(kind);
    JsonPlace id = place.member(kind);
    if (id.node().isNumber()) {
      Long number = id.whole(1, Integer.MAX_VALUE);
      return number == null ? null : rule.apply(number.intValue());
    }
    String text = id.text(20);
    if (text == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return rule.apply(number);
      }
    } catch (NumberFormatException notAnId) {
      return id.no(Code.BAD_FORMAT, "this is not the id of a " + kind);
    }
    return id.no(Code.BAD_FORMAT, "this is not the id of a " + kind);
  }

  private static @Nullable Rule bucket(JsonPlace place) {
    place.object("bucket");
    JsonPlace bucket = place.member("bucket");
    if (!bucket.object("from", "to")) {
      return null;
    }
    Long from = bucket.member("from").whole(0, Rule.Bucket.BUCKETS - 1);
    Long to = bucket.member("to").whole(0, Rule.Bucket.BUCKETS - 1);
    if (from == null || to == null) {
      return null;
    }
    return from > to
        ? bucket.member("to").no(Code.CONTRADICTION, "to must not be less than from")
        : new Rule.Bucket(from.intValue(), to.intValue());
  }

  /** How often; at least once when nothing is said, and from atLeast to atMost when both are. */
  private static @Nullable Times times(JsonPlace place) {
    JsonPlace atLeast = place.member("atLeast");
    JsonPlace atMost = place.member("atMost");
    JsonPlace exactly = place.member("exactly");
    Boolean includeNever = includeNever(place.member("includeNever"));
    if (!exactly.absent()) {
      if (!atLeast.absent() || !atMost.absent()) {
        return exactly.no(Code.CONTRADICTION, "give exactly, or atLeast and atMost");
      }
      Long n = exactly.whole(0, MOST_TIMES);
      return n == null || includeNever(place, includeNever, false) == null
          ? null
          : Times.exactly(n);
    }
    if (atMost.absent()) {
      Long least = atLeast.absent() ? Long.valueOf(1) : atLeast.whole(1, MOST_TIMES);
      return least == null || includeNever(place, includeNever, false) == null
          ? null
          : Times.atLeast(least);
    }
    Long most = atMost.whole(0, MOST_TIMES);
    Long least = atLeast.absent() ? Long.valueOf(0) : atLeast.whole(1, MOST_TIMES);
    Boolean never = includeNever(place, includeNever, least != null && least == 0);
    if (most == null || least == null || never == null) {
      return null;
    }
    return least > most
        ? atMost.no(Code.CONTRADICTION, "atMost must not be less than atLeast")
        : new Times(least, most, never);
  }

  private static @Nullable Boolean includeNever(JsonPlace place) {
    if (place.absent()) {
      return false;
    }
    return place.node().isBoolean()
        ? Boolean.valueOf(place.node().booleanValue())
        : place.no(Code.WRONG_TYPE, "true or false is needed here");
  }

  private static @Nullable Boolean includeNever(
      JsonPlace place, @Nullable Boolean asked, boolean possible) {
    return (asked != null && asked && !possible)
        ? place
            .member("includeNever")
            .no(Code.CONTRADICTION, "who never did it can only be included with atMost alone")
        : asked;
  }

  private @Nullable List<PropertyCondition> where(JsonPlace place) {
    return ConditionReader.conditions(place.member("where"), this::counted);
  }
}
