package dev.carillon.storage.embedded.facts;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Times;
import dev.carillon.core.campaign.Goal;
import dev.carillon.engine.definition.JsonDocument;
import dev.carillon.engine.definition.RuleReader;
import dev.carillon.engine.definition.RuleWriter;
import dev.carillon.storage.embedded.audience.ConditionSql;
import dev.carillon.storage.embedded.audience.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored goal as parts of SQL over an event {@code e}.
 *
 * @param revenue an expression: the revenue property's JSON text, or null
 * @param where conditions, each beginning with AND
 * @param revenueValues values of the expression
 * @param whereValues values of the conditions
 */
record GoalConditions(
    String revenue, String where, List<Object> revenueValues, List<Object> whereValues) {
  /** A sum of money longer than this is no sum of money. */
  private static final int MOST_DIGITS = 12;

  static GoalConditions of(CampaignBook.StoredGoal goal) {
    Sql where = ConditionSql.all("e.properties", read(goal.where()), goal.zone());
    String property = goal.revenueProperty();
    if (property == null) {
      return new GoalConditions("NULL", " AND " + where.text(), List.of(), where.values());
    }
    return new GoalConditions(
        """
        CASE WHEN json_type(e.properties, ?) IN ('BIGINT', 'UBIGINT', 'DOUBLE')
        THEN json_extract_string(e.properties, ?) END""",
        " AND " + where.text(),
        List.of(pointer(property), pointer(property)),
        where.values());
  }

  /** The goal's conditions as a JSON text. */
  static String write(Goal goal) {
    return RuleWriter.write(
            new Rule.Did(goal.event(), Times.atLeast(1), new Period.Ever(), goal.where()))
        .toString();
  }

  private static List<PropertyCondition> read(String where) {
    Rule rule = JsonDocument.parse(where).then(RuleReader::read).orThrow();
    if (rule instanceof Rule.Did did) {
      return did.where();
    }
    throw new IllegalStateException("a stored goal is another rule: " + where);
  }

  /** The values in the order of their places, with those between the two expressions. */
  Object[] parameters(Object... between) {
    ArrayList<Object> all = new ArrayList<>(revenueValues);
    all.addAll(List.of(between));
    all.addAll(whereValues);
    return all.toArray();
  }

  /** Where a property lies in an object, whatever its name. */
  private static String pointer(String property) {
    return "/" + property.replace("~", "~0").replace("/", "~1");
  }

  /** A number in millionths; 0 for none, and for one that is too large to be money. */
  static long micros(@Nullable String number) {
    if (number == null) {
      return 0;
    }
    try {
      BigDecimal value = new BigDecimal(number);
      if (value.precision() - value.scale() > MOST_DIGITS || value.scale() > 400) {
        return 0;
      }
      return value.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
    } catch (NumberFormatException notOne) {
      return 0;
    }
  }
}
