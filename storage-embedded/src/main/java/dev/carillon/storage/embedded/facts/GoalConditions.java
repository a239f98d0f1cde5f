package dev.carillon.storage.embedded.facts;

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
    String property = goal.revenueProperty();
    if (property == null) {
      return new GoalConditions("NULL", "", List.of(), List.of());
    }
    return new GoalConditions(
        """
        CASE WHEN json_type(e.properties, ?) IN ('BIGINT', 'UBIGINT', 'DOUBLE')
        THEN json_extract_string(e.properties, ?) END""",
        "",
        List.of(pointer(property), pointer(property)),
        List.of());
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
