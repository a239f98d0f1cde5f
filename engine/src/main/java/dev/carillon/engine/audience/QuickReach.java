package dev.carillon.engine.audience;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.audience.AudienceStore;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.audience.Reach;
import dev.carillon.engine.port.people.PeopleStore;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Says at once about how many people a rule means, where counting all of them takes a while: two
 * people in a hundred are looked at, drawn as rules by bucket draw them. Thread-safe.
 */
public final class QuickReach {
  /** Fewer people are counted in well under a second. */
  public static final long MANY = 1_000_000;

  private static final int BUCKETS = 2;
  private static final int ONE_IN = 100 / BUCKETS;

  private final AudienceStore facts;
  private final PeopleStore people;
  private final long many;

  /**
   * @param many from how many people on a sample is taken
   */
  public QuickReach(AudienceStore facts, PeopleStore people, long many) {
    this.people = people;
    this.facts = facts;
    this.many = many;
  }

  /**
   * How many people a rule means.
   *
   * @param exact whether they were counted; false: a sample's numbers, times what it is a part of
   */
  public record Count(Reach reach, boolean exact) {}

  /**
   * @param rule with the rules of segments in their place
   */
  public Count count(Rule rule, Evaluation evaluation) {
    if (people.totals().users() < many || draws(rule)) {
      return new Count(facts.estimate(rule, evaluation), true);
    }
    Rule sample = new Rule.All(List.of(new Rule.Bucket(0, BUCKETS - 1), rule));
    Reach reach = facts.estimate(sample, evaluation);
    Map<Channel, Long> reachable = new EnumMap<>(Channel.class);
    reach.reachable().forEach((channel, people) -> reachable.put(channel, people * ONE_IN));
    return new Count(new Reach(reach.total() * ONE_IN, reachable), false);
  }

  /**
   * Whether the rule draws people by bucket itself, so that the sample would be no sample of it.
   */
  private static boolean draws(Rule rule) {
    return switch (rule) {
      case Rule.Bucket _ -> true;
      case Rule.All(List<Rule> rules) -> rules.stream().anyMatch(QuickReach::draws);
      case Rule.Any(List<Rule> rules) -> rules.stream().anyMatch(QuickReach::draws);
      case Rule.Not(Rule inner) -> draws(inner);
      case Rule.Everyone _, Rule.OfProperty _, Rule.Behaviour _, Rule.Saved _, Rule.Reachable _ ->
          false;
    };
  }
}
