package dev.carillon.storage.embedded.tables;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Times;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.user.DataLimits;
import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.definition.rules.RuleReader;
import dev.carillon.engine.definition.rules.RuleWriter;
import dev.carillon.engine.json.JsonPointers;
import dev.carillon.storage.embedded.audience.ConditionSql;
import dev.carillon.storage.embedded.audience.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stored goal as parts of SQL over an event {@code e}.
 *
 * @param revenue an expression: the revenue property's text; empty for a list, an object or a
 *     boolean; null when the property is missing or null
 * @param where conditions, each beginning with AND
 * @param revenueValues values of the expression
 * @param whereValues values of the conditions
 */
public record GoalConditions(
    String revenue, String where, List<Object> revenueValues, List<Object> whereValues) {
  /** A sum of money longer than this is no sum of money. */
  private static final int MOST_DIGITS = 12;

  private static final int MOST_DECIMALS = 400;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,6})?");

  static GoalConditions of(CampaignCache.StoredGoal goal) {
    Sql conditions = ConditionSql.all("e.properties", read(goal.where()), goal.zone());
    String where = (goal.trustedOnly() ? " AND e.trusted AND " : " AND ") + conditions.text();
    String property = goal.revenueProperty();
    if (property == null) {
      return new GoalConditions("NULL", where, List.of(), conditions.values());
    }
    return new GoalConditions(
        """
        CASE WHEN json_type(e.properties, ?) IN ('BIGINT', 'UBIGINT', 'DOUBLE', 'VARCHAR')
        THEN json_extract_string(e.properties, ?)
        WHEN json_type(e.properties, ?) <> 'NULL' THEN '' END\
        """,
        where,
        Collections.nCopies(3, JsonPointers.member(property)),
        conditions.values());
  }

  /** The goal's conditions as a JSON text. */
  public static String write(Goal goal) {
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
  public Object[] parameters(Object... between) {
    ArrayList<Object> all = new ArrayList<>(revenueValues);
    all.addAll(List.of(between));
    all.addAll(whereValues);
    return all.toArray();
  }

  /**
   * An amount in millionths; 0 for null. Numbers and texts count alike; a text with another sign
   * than a decimal point, such as 12,50 or $5, may mean anything and is no amount.
   */
  public static long micros(@Nullable String amount) {
    if (amount == null) {
      return 0;
    }
    String text = amount.strip();
    if (text.length() > DataLimits.NUMBER_CHARACTERS || !NUMBER.matcher(text).matches()) {
      return GoalEvent.NOT_A_NUMBER;
    }
    BigDecimal value = new BigDecimal(text);
    if (value.signum() == 0) {
      return 0;
    }
    if (value.precision() - (long) value.scale() > MOST_DIGITS || value.scale() > MOST_DECIMALS) {
      return GoalEvent.NOT_A_NUMBER;
    }
    return value.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }
}
