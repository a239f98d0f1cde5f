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
    EQUALS("equals"),
    NOT_EQUALS("notEquals"),
    CONTAINS("contains"),
    NOT_CONTAINS("notContains"),
    STARTS_WITH("startsWith"),
    IN("in"),
    NOT_IN("notIn"),
    EXISTS("exists"),
    NOT_EXISTS("notExists"),
    GREATER_THAN("greaterThan"),
    GREATER_OR_EQUAL("greaterOrEqual"),
    LESS_THAN("lessThan"),
    LESS_OR_EQUAL("lessOrEqual"),
    BETWEEN("between"),
    BEFORE("before"),
    AFTER("after");

    private final String key;

    Operator(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }
}
