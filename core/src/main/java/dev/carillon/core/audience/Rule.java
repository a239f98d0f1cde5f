package dev.carillon.core.audience;

import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.channel.Channel;
import java.math.BigDecimal;
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

  /** Users that at least one of the rules matches; an empty list matches no one. */
  record Any(List<Rule> rules) implements Rule {
    public Any {
      rules = List.copyOf(rules);
    }
  }

  /** Users that the rule does not match. */
  record Not(Rule rule) implements Rule {}

  /** Users with a property of the profile that fits. */
  record OfProperty(PropertyCondition condition) implements Rule {}

  /** Users by what they did. */
  sealed interface Behaviour extends Rule {}

  /**
   * Users who did an event as often as said.
   *
   * @param event the event's name
   * @param times how often
   * @param period when
   * @param where all of these fit the event's properties
   */
  record Did(String event, Times times, Period period, List<PropertyCondition> where)
      implements Behaviour {
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
  record DidNot(String event, Period period, List<PropertyCondition> where) implements Behaviour {
    public DidNot {
      where = List.copyOf(where);
    }
  }

  /**
   * Users who did an event, and for the first or the last time of all in the period.
   *
   * @param which the first time or the last
   * @param event the event's name
   * @param period where that time lies
   */
  record Occasion(Which which, String event, Period period) implements Behaviour {

    /** One time of all; {@link #key()} is the name in JSON. */
    public enum Which {
      FIRST("first"),
      LAST("last");

      private final String key;

      Which(String key) {
        this.key = key;
      }

      public String key() {
        return key;
      }
    }
  }

  /**
   * Users for whom the numbers in a property of an event come to as much as said. Events whose
   * property is no number do not count; users without any that counts never match.
   *
   * <p>Numbers are added up as decimals, each rounded to {@link #PLACES} places, and one beyond
   * {@link #LIMIT} counts as that: so the order in which they are added does not matter, and ten
   * times 0.1 is 1.
   *
   * @param figure what is made of the numbers
   * @param event the event's name
   * @param compared the property, and what its figure is compared with
   * @param period when
   * @param where all of these fit the event's properties
   */
  record Amount(
      Figure figure,
      String event,
      PropertyCondition compared,
      Period period,
      List<PropertyCondition> where)
      implements Behaviour {
    /** The operators that a figure can be compared by. */
    public static final List<Operator> OPERATORS =
        List.of(
            Operator.EQUALS,
            Operator.NOT_EQUALS,
            Operator.GREATER_THAN,
            Operator.GREATER_OR_EQUAL,
            Operator.LESS_THAN,
            Operator.LESS_OR_EQUAL,
            Operator.BETWEEN);

    /** The decimal places that count. */
    public static final int PLACES = 10;

    /** The greatest number, with either sign. */
    public static final BigDecimal LIMIT = BigDecimal.TEN.pow(18);

    public Amount {
      where = List.copyOf(where);
      if (!OPERATORS.contains(compared.operator())) {
        throw new IllegalArgumentException("no figure is compared by " + compared.operator().key());
      }
      numbers(compared);
    }

    /** The number that the figure is compared with; two, both included, for between. */
    public List<BigDecimal> numbers() {
      return numbers(compared);
    }

    /** Whether a figure can be compared with the number. */
    public static boolean fits(BigDecimal number) {
      return number.stripTrailingZeros().scale() <= PLACES && number.abs().compareTo(LIMIT) <= 0;
    }

    private static List<BigDecimal> numbers(PropertyCondition compared) {
      List<Value> values =
          compared.value() instanceof Value.Many(List<Value> many)
              ? many
              : List.of(compared.value());
      if (values.size() != (compared.operator() == Operator.BETWEEN ? 2 : 1)) {
        throw new IllegalArgumentException("one number is needed, or two for between");
      }
      return values.stream().map(Amount::number).toList();
    }

    private static BigDecimal number(Value value) {
      if (value instanceof Value.Numeric(BigDecimal number) && fits(number)) {
        return number;
      }
      throw new IllegalArgumentException("a figure is not compared with " + value);
    }

    /** What is made of many numbers; {@link #key()} is the name in JSON. */
    public enum Figure {
      SUM("sum"),
      AVERAGE("average");

      private final String key;

      Figure(String key) {
        this.key = key;
      }

      public String key() {
        return key;
      }
    }
  }

  /** Users by what was saved under a name of its own, whatever it holds when it is evaluated. */
  sealed interface Saved extends Rule {
    /** The id of what was saved. */
    int id();
  }

  /** Users whom a saved segment matches. */
  record InSegment(int id) implements Saved {}

  /** Users on a custom list. */
  record OnList(int id) implements Saved {}

  /** Users with a usable address on the channel who have not unsubscribed from it. */
  record Reachable(Channel channel) implements Rule {}

  /**
   * A lasting share of all users, drawn into 100 buckets by {@link
   * dev.carillon.core.campaign.Draw#OF_RULES}.
   *
   * @param from the first bucket, 0 to 99
   * @param to the last bucket, included
   */
  record Bucket(int from, int to) implements Rule {
    public static final int BUCKETS = 100;

    public Bucket {
      if (from < 0 || to < from || to >= BUCKETS) {
        throw new IllegalArgumentException("buckets from " + from + " to " + to);
      }
    }
  }
}
