package dev.carillon.testkit.audience;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Rule.Amount.Figure;
import dev.carillon.core.audience.Rule.Occasion.Which;
import dev.carillon.core.audience.Times;
import dev.carillon.core.audience.Value;
import dev.carillon.core.channel.Channel;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes users and rules at random, from small stocks of awkward names and values, so that rules
 * often match and often nearly match. The same seed makes the same ones. For one thread.
 */
public final class RandomAudience {
  private static final List<String> NAMES =
      List.of("city", "a.b", "q\"uo'te", "sl/ash~1", "$.x", "*", "0", "Größe", "missing");
  private static final List<String> EVENTS =
      List.of("Charged", "charged", "x'; DROP TABLE event; --", "Viewed \"it\"");
  private static final List<String> TEXTS =
      List.of(
          "Pune",
          "PUNE",
          "pu",
          "",
          "5",
          "true",
          "null",
          "[1]",
          "ÄRGER",
          "ärger",
          "Straße",
          "ΣΟΦΟΣ",
          "σοφος",
          "İzmir",
          "line\nbreak",
          "back\\slash",
          "say \"hi\"",
          "\u001f",
          "😀 Smile",
          "%_",
          "n",
          "2026-02-30",
          "2026-3-29",
          "2026-03-29T24:00",
          "2026-03-29T10:60",
          "$D_x",
          "1 000");
  private static final List<BigDecimal> NUMBERS =
      Stream.of("5", "5.0", "-0", "0", "0.1", "1e3", "-7.25", "9007199254740993", "1e300", "1e-320")
          .map(BigDecimal::new)
          .toList();

  /** A property that is a number more often than not, and numbers for it to be added up. */
  private static final String AMOUNT = "Amount";

  private static final List<BigDecimal> AMOUNTS =
      Stream.of(
              "0.1",
              "0.2",
              "33.3",
              "-0.1",
              "5",
              "1e-7",
              "0.00000000005",
              "999999999999999999",
              "1e18",
              "-3e20",
              "0")
          .map(BigDecimal::new)
          .toList();
  private static final List<Operator> OPERATORS = List.of(Operator.values());
  private static final List<Which> WHICH = List.of(Which.values());
  private static final List<Figure> FIGURES = List.of(Figure.values());
  private static final List<Channel> CHANNELS = List.of(Channel.values());

  /** How many custom lists users are on; rules refer to one more, which is empty. */
  private static final int LISTS = 3;

  private final Random random;
  private final ZoneId zone;
  private final Instant around;
  private int segments;

  /**
   * @param zone the account's zone, for dates near the ends of its days
   * @param around the moment that times are around
   */
  public RandomAudience(long seed, ZoneId zone, Instant around) {
    this.random = new Random(seed);
    this.zone = zone;
    this.around = around;
  }

  /** Users with the keys 0 to {@code count - 1}. */
  public List<KnownUser> users(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            key ->
                new KnownUser(
                    key,
                    properties(),
                    contact(key),
                    Stream.generate(this::event).limit(random.nextInt(7)).toList(),
                    lists()))
        .toList();
  }

  /**
   * The rules of saved segments, by the ids that rules made from now on refer to; each may refer to
   * those before it.
   */
  public Map<Integer, Rule> segments(int count) {
    TreeMap<Integer, Rule> made = new TreeMap<>();
    for (int id = 1; id <= count; id++) {
      made.put(id, rule(2));
      segments = id;
    }
    return made;
  }

  /** A rule of some depth. */
  public Rule rule() {
    return rule(3);
  }

  /** Up to three conditions. */
  public List<PropertyCondition> where() {
    return Stream.generate(this::condition).limit(random.nextInt(4)).toList();
  }

  private KnownUser.Event event() {
    return new KnownUser.Event(any(EVENTS), moment(), properties());
  }

  private String properties() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (String name : NAMES) {
      if (!name.equals("missing") && random.nextInt(3) > 0) {
        object.set(name, random.nextInt(4) == 0 ? list() : scalar());
      }
    }
    if (random.nextInt(4) > 0) {
      object.set(
          AMOUNT,
          random.nextInt(4) > 0 ? JsonNodeFactory.instance.numberNode(any(AMOUNTS)) : scalar());
    }
    return object.toString();
  }

  private KnownUser.Contact contact(int key) {
    int state = random.nextInt(5);
    EnumMap<Channel, Boolean> subscribed = new EnumMap<>(Channel.class);
    for (Channel channel : List.of(Channel.WHATSAPP, Channel.SMS, Channel.PUSH)) {
      if (random.nextBoolean()) {
        subscribed.put(channel, random.nextInt(3) > 0);
      }
    }
    return new KnownUser.Contact(
        state == 0 ? null : "91" + key,
        state > 1,
        random.nextInt(3) == 0 ? key + "@example.org" : null,
        subscribed,
        Stream.generate(this::wish).limit(state == 0 ? 0 : random.nextInt(4)).toList());
  }

  private Set<Integer> lists() {
    return IntStream.rangeClosed(1, LISTS)
        .filter(list -> random.nextInt(list + 1) == 0)
        .boxed()
        .collect(Collectors.toSet());
  }

  /** Few times, so that opposite consents often come at the same moment. */
  private KnownUser.Wish wish() {
    return new KnownUser.Wish(
        random.nextBoolean() ? Channel.WHATSAPP : Channel.SMS,
        random.nextBoolean(),
        around.plus(random.nextInt(2), ChronoUnit.HOURS));
  }

  private JsonNode list() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(scalar());
    }
    return list;
  }

  private JsonNode scalar() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (random.nextInt(12)) {
      case 0 -> json.nullNode();
      case 1 -> json.arrayNode().add(any(TEXTS));
      case 2 -> json.objectNode().put("city", any(TEXTS));
      case 3, 4 -> json.booleanNode(random.nextBoolean());
      case 5, 6 -> json.numberNode(any(NUMBERS));
      case 7, 8, 9 -> json.stringNode(dateText());
      default -> json.stringNode(any(TEXTS));
    };
  }

  /** A moment within some days, often at the very end or beginning of a day or period. */
  private Instant moment() {
    Instant edge =
        random.nextBoolean()
            ? around.plus(random.nextInt(-3, 3), ChronoUnit.DAYS)
            : day().atStartOfDay(zone).toInstant();
    return edge.plus(
        switch (random.nextInt(4)) {
          case 0 -> Duration.ofNanos(1_000);
          case 1 -> Duration.ofNanos(-1_000);
          case 2 -> Duration.ofMinutes(random.nextInt(-3_000, 3_000));
          default -> Duration.ZERO;
        });
  }

  private LocalDate day() {
    return around.atZone(zone).toLocalDate().plusDays(random.nextInt(-2, 3));
  }

  private String dateText() {
    Instant moment = moment();
    return switch (random.nextInt(6)) {
      case 0 -> "$D_" + moment.getEpochSecond();
      case 5 -> "$D_" + moment.toEpochMilli();
      case 1 -> day().toString();
      case 2 -> LocalDateTime.ofInstant(moment, zone).toString();
      case 3 -> LocalDateTime.ofInstant(moment, zone) + "999";
      default -> moment.atOffset(any(NaiveConditions.OFFSETS)).toString();
    };
  }

  private Value.Date date() {
    return switch (random.nextInt(3)) {
      case 0 -> new Value.Day(day());
      case 1 -> new Value.Moment(LocalDateTime.ofInstant(moment(), zone), null);
      default -> {
        ZoneOffset offset = any(NaiveConditions.OFFSETS);
        yield new Value.Moment(LocalDateTime.ofInstant(moment(), offset), offset);
      }
    };
  }

  private Rule rule(int depth) {
    return switch (random.nextInt(depth == 0 ? 12 : 19)) {
      case 0, 1 -> new Rule.OfProperty(condition());
      case 2, 3 -> new Rule.Did(any(EVENTS), times(), period(), someWhere());
      case 4 -> new Rule.DidNot(any(EVENTS), period(), someWhere());
      case 5 -> random.nextInt(5) == 0 ? new Rule.Everyone() : new Rule.OfProperty(condition());
      case 6 -> new Rule.Occasion(any(WHICH), any(EVENTS), period());
      case 7, 8 -> amount();
      case 9 -> random.nextBoolean() ? new Rule.Reachable(any(CHANNELS)) : bucket();
      case 10 -> new Rule.OnList(random.nextInt(1, LISTS + 2));
      case 11 ->
          segments == 0 ? new Rule.OnList(1) : new Rule.InSegment(random.nextInt(1, segments + 1));
      case 12, 13, 14 -> new Rule.All(rules(depth));
      case 15, 16 -> new Rule.Any(rules(depth));
      default -> new Rule.Not(rule(depth - 1));
    };
  }

  private Rule amount() {
    Operator operator = any(Rule.Amount.OPERATORS);
    return new Rule.Amount(
        any(FIGURES),
        any(EVENTS),
        new PropertyCondition(
            random.nextInt(4) > 0 ? AMOUNT : any(NAMES),
            operator,
            operator == Operator.BETWEEN ? many(2, this::figure) : figure()),
        period(),
        someWhere());
  }

  /** A number that some of the amounts add up to. */
  private Value figure() {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = random.nextInt(3); i >= 0; i--) {
      sum = sum.add(any(AMOUNTS));
    }
    return new Value.Numeric(Rule.Amount.fits(sum) ? sum : BigDecimal.ZERO);
  }

  private Rule bucket() {
    int from = random.nextInt(Rule.Bucket.BUCKETS);
    return new Rule.Bucket(from, random.nextInt(from, Rule.Bucket.BUCKETS));
  }

  private List<Rule> rules(int depth) {
    return Stream.generate(() -> rule(depth - 1)).limit(random.nextInt(4)).toList();
  }

  private List<PropertyCondition> someWhere() {
    return random.nextBoolean() ? List.of() : where();
  }

  private Times times() {
    int n = random.nextInt(4);
    return switch (random.nextInt(6)) {
      case 0 -> Times.exactly(n);
      case 1 -> new Times(0, n, random.nextBoolean());
      case 2 -> new Times(n, n + 2, random.nextBoolean());
      case 3 -> new Times(0, Long.MAX_VALUE, random.nextBoolean());
      default -> Times.atLeast(1 + n);
    };
  }

  private Period period() {
    LocalDate day = day();
    return switch (random.nextInt(5)) {
      case 0 -> new Period.Within(Duration.ofDays(random.nextInt(1, 4)));
      case 1 -> new Period.Days(day, day.plusDays(random.nextInt(3)));
      case 2 -> new Period.Days(day, null);
      case 3 -> new Period.Days(null, day);
      default -> new Period.Ever();
    };
  }

  private PropertyCondition condition() {
    Operator operator = any(OPERATORS);
    return new PropertyCondition(
        any(NAMES),
        operator,
        switch (operator) {
          case EXISTS, NOT_EXISTS -> new Value.Nothing();
          case EQUALS, NOT_EQUALS -> value();
          case IN, NOT_IN -> many(random.nextBoolean() ? 3 : 30, this::value);
          case CONTAINS, NOT_CONTAINS, STARTS_WITH -> new Value.Text(part());
          case GREATER_THAN, GREATER_OR_EQUAL, LESS_THAN, LESS_OR_EQUAL ->
              random.nextBoolean() ? date() : new Value.Numeric(any(NUMBERS));
          case BETWEEN ->
              random.nextBoolean()
                  ? many(2, this::date)
                  : many(2, () -> new Value.Numeric(any(NUMBERS)));
          case BEFORE, AFTER -> date();
        });
  }

  private Value value() {
    return switch (random.nextInt(6)) {
      case 0 -> new Value.Truth(random.nextBoolean());
      case 1 -> new Value.Numeric(any(NUMBERS));
      case 2, 3 -> date();
      default -> new Value.Text(any(TEXTS));
    };
  }

  private Value.Many many(int count, Supplier<Value> value) {
    ArrayList<Value> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value.get());
    }
    return new Value.Many(values);
  }

  /** One to three characters out of a text. */
  private String part() {
    int[] points = any(TEXTS).codePoints().toArray();
    if (points.length == 0) {
      return "u";
    }
    int from = random.nextInt(points.length);
    return new String(points, from, Math.min(points.length - from, random.nextInt(1, 4)));
  }

  private <T> T any(List<T> stock) {
    return stock.get(random.nextInt(stock.size()));
  }
}
