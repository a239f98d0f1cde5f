package dev.carillon.engine.definition.rules;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Times;
import dev.carillon.core.audience.Value;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.definition.when.PeriodReader;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes rules as JSON that {@link RuleReader} reads as the same rules. */
public final class RuleWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RuleWriter() {}

  /** The rule as JSON. */
  public static ObjectNode write(Rule rule) {
    ObjectNode json = JSON.objectNode();
    switch (rule) {
      case Rule.Everyone() -> json.put("everyone", true);
      case Rule.All(List<Rule> rules) -> json.set("all", list(rules));
      case Rule.Any(List<Rule> rules) -> json.set("any", list(rules));
      case Rule.Not(Rule inner) -> json.set("not", write(inner));
      case Rule.OfProperty(PropertyCondition condition) -> condition(json, condition);
      case Rule.Did did -> {
        json.put("did", did.event());
        times(json, did.times());
        period(json, did.period());
        where(json, did.where());
      }
      case Rule.DidNot didNot -> {
        json.put("didNot", didNot.event());
        period(json, didNot.period());
        where(json, didNot.where());
      }
      case Rule.Occasion(var which, String event, Period period) -> {
        json.put(which.key(), event);
        period(json, period);
      }
      case Rule.Amount amount -> {
        json.put(amount.figure().key(), amount.compared().name());
        json.put("of", amount.event());
        comparison(json, amount.compared());
        period(json, amount.period());
        where(json, amount.where());
      }
      case Rule.Reachable(Channel channel) -> json.put("reachable", channel.key());
      case Rule.InSegment(int id) -> json.put("segment", Integer.toString(id));
      case Rule.OnList(int id) -> json.put("list", Integer.toString(id));
      case Rule.Bucket(int from, int to) ->
          json.putObject("bucket").put("from", from).put("to", to);
    }
    return json;
  }

  /** The filters of an event as JSON. */
  public static ArrayNode write(List<PropertyCondition> conditions) {
    ArrayNode json = JSON.arrayNode();
    conditions.forEach(condition -> condition(json.addObject(), condition));
    return json;
  }

  private static ArrayNode list(List<Rule> rules) {
    ArrayNode json = JSON.arrayNode();
    rules.forEach(rule -> json.add(write(rule)));
    return json;
  }

  public static void where(ObjectNode json, List<PropertyCondition> where) {
    if (!where.isEmpty()) {
      json.set("where", write(where));
    }
  }

  private static void times(ObjectNode json, Times times) {
    if (times.min() == times.max() && times.includeNever() == (times.min() == 0)) {
      json.put("exactly", times.min());
      return;
    }
    if (times.min() > 0) {
      json.put("atLeast", times.min());
    }
    if (times.max() < Long.MAX_VALUE) {
      json.put("atMost", times.max());
    }
    if (times.includeNever() && times.min() == 0) {
      json.put("includeNever", true);
    }
  }

  private static void period(ObjectNode json, Period period) {
    switch (period) {
      case Period.Ever() -> {}
      case Period.Within(var length) -> json.put("within", PeriodReader.written(length));
      case Period.Days(var from, var to) -> {
        if (from != null) {
          json.put("from", from.toString());
        }
        if (to != null) {
          json.put("to", to.toString());
        }
      }
    }
  }

  private static void condition(ObjectNode json, PropertyCondition condition) {
    json.put("property", condition.name());
    comparison(json, condition);
  }

  private static void comparison(ObjectNode json, PropertyCondition condition) {
    json.put("op", condition.operator().key());
    switch (condition.value()) {
      case Value.Nothing() -> {}
      case Value.Text(String text) -> json.put("value", text);
      case Value.Numeric(var number) -> json.put("value", plain(number));
      case Value.Truth(boolean value) -> json.put("value", value);
      case Value.Date date -> json.put("value", written(date));
      case Value.Many(List<Value> values) -> {
        ArrayNode array = json.putArray("value");
        values.forEach(value -> element(array, value));
      }
    }
  }

  /** 400 and not 4E+2, which is valid JSON but not what was written. */
  private static BigDecimal plain(BigDecimal number) {
    return number.scale() < 0 && number.precision() - number.scale() < 30
        ? number.setScale(0)
        : number;
  }

  private static void element(ArrayNode array, Value value) {
    switch (value) {
      case Value.Nothing() -> array.addNull();
      case Value.Text(String text) -> array.add(text);
      case Value.Numeric(var number) -> array.add(plain(number));
      case Value.Truth(boolean truth) -> array.add(truth);
      case Value.Date date -> array.add(written(date));
      case Value.Many(List<Value> values) -> values.forEach(inner -> element(array, inner));
    }
  }

  private static String written(Value.Date date) {
    return switch (date) {
      case Value.Day(var day) -> day.toString();
      case Value.Moment(var time, var offset) ->
          offset == null
              ? time.toString()
              // the epoch form reaches years that the ISO form does not
              : time.getYear() < 1000 ? "$D_" + time.toEpochSecond(offset) : time + offset.getId();
    };
  }
}
