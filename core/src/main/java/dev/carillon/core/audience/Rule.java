package dev.carillon.core.audience;

import java.util.List;

/** Which users are meant. Rules nest; each has one meaning, whatever evaluates it. */
public sealed interface Rule {

  /** Every user. */
  record Everyone() implements Rule {}

  /** Users that every one of the rules matches; an empty list matches everyone. */
  record All(List<Rule> rules) implements Rule {
    public All {
      rules = List.copyOf(rules);
    }
  }

  /** Users that at least one of the rules matches; an empty list matches nobody. */
  record Any(List<Rule> rules) implements Rule {
    public Any {
      rules = List.copyOf(rules);
    }
  }

  /** Users that the rule does not match. */
  record Not(Rule rule) implements Rule {}

  /** Users with a property of the profile that fits. */
  record OfProperty(PropertyCondition condition) implements Rule {}

  /**
   * Users who did an event as often as said.
   *
   * @param event the event's name
   * @param times how often
   * @param period when
   * @param where all of these fit the event's properties
   */
  record Did(String event, Times times, Period period, List<PropertyCondition> where)
      implements Rule {
    public Did {
      where = List.copyOf(where);
    }
  }

  /**
   * Users who never did an event in the period.
   *
   * @param event the event's name
   * @param period when
   * @param where all of these fit the event's properties
   */
  record DidNot(String event, Period period, List<PropertyCondition> where) implements Rule {
    public DidNot {
      where = List.copyOf(where);
    }
  }
}
