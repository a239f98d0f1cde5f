package dev.carillon.core.audience;

/**
 * A property compared with a value.
 *
 * @param name the property's name, as it was sent in
 * @param operator how it is compared
 * @param value what with; a list for in and notIn (any length) and between (two, both included);
 *     {@link Value.Nothing} for exists and notExists
 */
public record PropertyCondition(String name, Operator operator, Value value) {

  /** The comparisons of the rule language; {@link #key()} is the name in JSON. */
  public enum Operator {
    EQUALS("equals", false),
    NOT_EQUALS("notEquals", true),
    CONTAINS("contains", false),
    NOT_CONTAINS("notContains", true),
    STARTS_WITH("startsWith", false),
    IN("in", false),
    NOT_IN("notIn", true),
    EXISTS("exists", false),
    NOT_EXISTS("notExists", true),
    GREATER_THAN("greaterThan", false),
    GREATER_OR_EQUAL("greaterOrEqual", false),
    LESS_THAN("lessThan", false),
    LESS_OR_EQUAL("lessOrEqual", false),
    BETWEEN("between", false),
    BEFORE("before", false),
    AFTER("after", false);

    private final String key;
    private final boolean negative;

    Operator(String key, boolean negative) {
      this.key = key;
      this.negative = negative;
    }

    public String key() {
      return key;
    }

    /** Whether it is the exact negation of another operator, so that a missing value matches. */
    public boolean negative() {
      return negative;
    }
  }
}
