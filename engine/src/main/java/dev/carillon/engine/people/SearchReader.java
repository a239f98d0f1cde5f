package dev.carillon.engine.people;

import dev.carillon.core.audience.DateText;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Value;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.people.PeoplePlace;
import dev.carillon.engine.port.people.PeopleSearch;
import dev.carillon.engine.profile.AddressKinds;
import dev.carillon.engine.profile.PhoneNumbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Understands what somebody typed to find people: the beginning of an identity, e-mail address or
 * name; a phone number in any spelling; or a property compared with a value, such as {@code City =
 * Pune} or {@code Age >= 30}, which means what it means in rules. Thread-safe.
 */
public final class SearchReader {
  /** Characters of the longest search. */
  public static final int LONGEST = 200;

  private static final Pattern NUMBER = Pattern.compile("[-+() ./0-9]*[0-9][-+() ./0-9]*");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
  private static final Pattern COMPARISON =
      Pattern.compile("([^=<>!]{1,120}?)\\s*(!=|>=|<=|=|>|<)\\s*(\\S.*)");
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "=", Operator.EQUALS,
          "!=", Operator.NOT_EQUALS,
          ">", Operator.GREATER_THAN,
          ">=", Operator.GREATER_OR_EQUAL,
          "<", Operator.LESS_THAN,
          "<=", Operator.LESS_OR_EQUAL);

  private final PhoneNumbers phoneNumbers = new PhoneNumbers(null);

  /**
   * The search that the text means.
   *
   * @param after the last user of the page before; null for the first page
   */
  public PeopleSearch read(
      String text, Evaluation evaluation, @Nullable PeoplePlace after, int limit) {
    String wanted = text.strip();
    return new PeopleSearch(
        wanted, phone(wanted), rule(wanted).orElse(null), evaluation, after, limit);
  }

  private @Nullable String phone(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return null;
    }
    String digits = text.replaceAll("[^0-9]", "");
    return phoneNumbers
        .digits(text)
        .or(() -> phoneNumbers.digits("+" + digits))
        .orElse(AddressKinds.canonical(digits.startsWith("00") ? digits.substring(2) : digits));
  }

  private static Optional<Rule> rule(String text) {
    Matcher matcher = COMPARISON.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Operator operator = OPERATORS.get(matcher.group(2));
    String name = matcher.group(1).strip();
    if (operator == null || name.isEmpty()) {
      return Optional.empty();
    }
    List<Rule> rules = new ArrayList<>();
    for (Value value : values(matcher.group(3).strip())) {
      boolean comparable = value instanceof Value.Numeric;
      if (operator == Operator.EQUALS || operator == Operator.NOT_EQUALS || comparable) {
        rules.add(new Rule.OfProperty(new PropertyCondition(name, operator, value)));
      } else if (value instanceof Value.Date && operator == Operator.GREATER_THAN) {
        rules.add(new Rule.OfProperty(new PropertyCondition(name, Operator.AFTER, value)));
      } else if (value instanceof Value.Date && operator == Operator.LESS_THAN) {
        rules.add(new Rule.OfProperty(new PropertyCondition(name, Operator.BEFORE, value)));
      }
    }
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        rules.size() == 1
            ? rules.getFirst()
            : operator == Operator.NOT_EQUALS ? new Rule.All(rules) : new Rule.Any(rules));
  }

  /** What the written value may be: text always, unless quoted also what it looks like. */
  private static List<Value> values(String written) {
    if (written.length() > 1 && written.startsWith("\"") && written.endsWith("\"")) {
      return List.of(new Value.Text(written.substring(1, written.length() - 1)));
    }
    List<Value> values = new ArrayList<>();
    values.add(new Value.Text(written));
    if (DECIMAL.matcher(written).matches()) {
      values.add(new Value.Numeric(new BigDecimal(written)));
    } else if (written.equalsIgnoreCase("true") || written.equalsIgnoreCase("false")) {
      values.add(new Value.Truth(written.equalsIgnoreCase("true")));
    }
    DateText.parse(written).ifPresent(values::add);
    return values;
  }
}
