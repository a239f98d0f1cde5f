package dev.carillon.testkit.audience;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Rule.Amount.Figure;
import dev.carillon.core.audience.Times;
import dev.carillon.core.campaign.Draw;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.engine.port.audience.Evaluation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Evaluates a rule for one user by going through everything, as the rule language says it. Stores
 * are compared with it; it shares no code with them.
 */
public final class NaiveRules {
  private static final JsonMapper JSON = new JsonMapper();

  private final Evaluation evaluation;
  private final Map<Integer, Rule> segments;
  private final NaiveConditions conditions;

  /**
   * @param evaluation when and where rules are evaluated
   */
  public NaiveRules(Evaluation evaluation) {
    this(evaluation, Map.of());
  }

  /**
   * @param evaluation when and where rules are evaluated
   * @param segments the rules of saved segments, by id
   */
  public NaiveRules(Evaluation evaluation, Map<Integer, Rule> segments) {
    this.evaluation = evaluation;
    this.segments = Map.copyOf(segments);
    this.conditions = new NaiveConditions(evaluation.zone());
  }

  /** Whether the rule matches the user. */
  public boolean matches(Rule rule, KnownUser user) {
    return switch (rule) {
      case Rule.Everyone() -> true;
      case Rule.All(List<Rule> rules) -> rules.stream().allMatch(inner -> matches(inner, user));
      case Rule.Any(List<Rule> rules) -> rules.stream().anyMatch(inner -> matches(inner, user));
      case Rule.Not(Rule inner) -> !matches(inner, user);
      case Rule.OfProperty(PropertyCondition condition) ->
          conditions.fits(condition, JSON.readTree(user.properties()));
      case Rule.Did did -> {
        int count = done(user, did.event(), did.period(), did.where()).size();
        Times times = did.times();
        yield count == 0
            ? times.min() == 0 && times.includeNever()
            : count >= times.min() && count <= times.max();
      }
      case Rule.DidNot didNot ->
          done(user, didNot.event(), didNot.period(), didNot.where()).isEmpty();
      case Rule.Occasion(var which, String event, Period period) ->
          occasion(user, which, event).filter(at -> in(period, at)).isPresent();
      case Rule.Amount amount -> amounts(user, amount);
      case Rule.Reachable(Channel channel) -> reachable(user.contact(), channel);
      case Rule.OnList(int list) -> user.lists().contains(list);
      case Rule.InSegment(int id) ->
          matches(Objects.requireNonNull(segments.get(id), "segment " + id), user);
      case Rule.Bucket(int from, int to) -> {
        int hundredth = Draw.OF_RULES.bucket(user.userKey()) / 100;
        yield from <= hundredth && hundredth <= to;
      }
    };
  }

  private Optional<Instant> occasion(KnownUser user, Rule.Occasion.Which which, String event) {
    Stream<Instant> times =
        user.events().stream()
            .filter(done -> done.name().equals(event))
            .map(KnownUser.Event::at)
            .filter(at -> !at.isAfter(evaluation.at()));
    return switch (which) {
      case FIRST -> times.min(Comparator.naturalOrder());
      case LAST -> times.max(Comparator.naturalOrder());
    };
  }

  private boolean amounts(KnownUser user, Rule.Amount amount) {
    List<BigDecimal> numbers =
        done(user, amount.event(), amount.period(), amount.where()).stream()
            .map(done -> JSON.readTree(done.properties()).get(amount.compared().name()))
            .filter(property -> property != null && property.isNumber())
            .map(property -> counted(property.decimalValue()))
            .toList();
    if (numbers.isEmpty()) {
      return false;
    }
    BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    // an average is compared by its multiple: a third has no decimal
    BigDecimal count = BigDecimal.valueOf(numbers.size());
    List<Integer> sides =
        amount.numbers().stream()
            .map(number -> amount.figure() == Figure.SUM ? number : number.multiply(count))
            .map(sum::compareTo)
            .toList();
    return switch (amount.compared().operator()) {
      case EQUALS -> sides.getFirst() == 0;
      case NOT_EQUALS -> sides.getFirst() != 0;
      case GREATER_THAN -> sides.getFirst() > 0;
      case GREATER_OR_EQUAL -> sides.getFirst() >= 0;
      case LESS_THAN -> sides.getFirst() < 0;
      case LESS_OR_EQUAL -> sides.getFirst() <= 0;
      case BETWEEN -> sides.getFirst() >= 0 && sides.getLast() <= 0;
      case CONTAINS, NOT_CONTAINS, STARTS_WITH, IN, NOT_IN, EXISTS, NOT_EXISTS, BEFORE, AFTER ->
          throw new IllegalArgumentException(amount.compared().operator().key());
    };
  }

  /** A number as it counts in a figure: in ten places, and at most 10^18 with either sign. */
  private static BigDecimal counted(BigDecimal number) {
    BigDecimal most = new BigDecimal("1e18");
    return number.setScale(10, RoundingMode.HALF_UP).max(most.negate()).min(most);
  }

  private static boolean reachable(KnownUser.Contact contact, Channel channel) {
    boolean phone = channel.endpoints().contains(EndpointKind.PHONE) && contact.valid();
    boolean email = channel.endpoints().contains(EndpointKind.EMAIL) && contact.email() != null;
    return (phone || email) && wanted(contact, channel);
  }

  /** Neither unsubscribed on the profile, nor by the last message; of two at once the no counts. */
  private static boolean wanted(KnownUser.Contact contact, Channel channel) {
    return contact.subscribed().getOrDefault(channel, true)
        && contact.wishes().stream()
            .filter(wish -> wish.channel() == channel)
            .max(
                Comparator.comparing(KnownUser.Wish::at)
                    .thenComparing(KnownUser.Wish::subscribed, Comparator.reverseOrder()))
            .map(KnownUser.Wish::subscribed)
            .orElse(true);
  }

  /** Whether all conditions fit a JSON object. */
  public boolean fit(List<PropertyCondition> where, String properties) {
    JsonNode object = JSON.readTree(properties);
    return where.stream().allMatch(condition -> conditions.fits(condition, object));
  }

  private List<KnownUser.Event> done(
      KnownUser user, String event, Period period, List<PropertyCondition> where) {
    return user.events().stream()
        .filter(done -> done.name().equals(event))
        .filter(done -> !done.at().isAfter(evaluation.at()))
        .filter(done -> in(period, done.at()))
        .filter(done -> fit(where, done.properties()))
        .toList();
  }

  private boolean in(Period period, Instant at) {
    return switch (period) {
      case Period.Ever() -> true;
      case Period.Within(var length) ->
          at.isAfter(evaluation.at().minus(length)) && !at.isAfter(evaluation.at());
      case Period.Days(var from, var to) -> {
        LocalDate day = at.atZone(evaluation.zone()).toLocalDate();
        yield (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
      }
    };
  }
}
