package dev.carillon.engine.campaign;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.What;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.audience.SavedAudiences;
import dev.carillon.engine.port.audience.AudienceMember;
import dev.carillon.engine.port.audience.AudienceStore;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.engine.provider.PersonalisationException;
import dev.carillon.engine.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Fills what a campaign says with the data of its audience, and lists the people for whom that
 * fails: they would get nothing. It looks at a sample; as users are kept in the order of a hash,
 * the first ones are as good as drawn. Nothing is sent. Thread-safe.
 */
public final class PersonalisationCheck {
  /** How many people are looked at. */
  public static final int SAMPLE = 500;

  private final AudienceStore facts;
  private final SavedAudiences saved;
  private final Connections connections;

  public PersonalisationCheck(AudienceStore facts, SavedAudiences saved, Connections connections) {
    this.facts = facts;
    this.saved = saved;
    this.connections = connections;
  }

  /**
   * For whom it fails.
   *
   * @param looked how many people were looked at
   * @param everybody whether these are all whom the campaign is for and can reach
   * @param failing those for whom it fails, in no particular order
   */
  public record Outcome(int looked, boolean everybody, List<Failing> failing) {
    public Outcome {
      failing = List.copyOf(failing);
    }
  }

  /**
   * Somebody for whom it fails.
   *
   * @param message number of the message among the variants, from 0
   * @param reason what is missing
   */
  public record Failing(Identity identity, int message, String reason) {}

  /**
   * Looks at people who fit the rule and can be reached.
   *
   * @return empty when there is nothing to fill: the connection is gone or not ready
   */
  public Optional<Outcome> check(What what, Rule who, Channel channel, Evaluation evaluation) {
    Optional<Connected> connected = connections.connection(what.connection());
    if (connected.isEmpty()
        || !connected.get().provider().check(connected.get().connection()).isEmpty()) {
      return Optional.empty();
    }
    facts.settle();
    Rule reachable = new Rule.All(List.of(saved.resolved(who), new Rule.Reachable(channel)));
    List<AudienceMember> people = facts.members(reachable, evaluation, -1, SAMPLE + 1);
    List<Failing> failing = new ArrayList<>();
    try (Provider.Sender sender = connected.get().provider().open(connected.get().connection())) {
      for (AudienceMember fitting : people.subList(0, Math.min(SAMPLE, people.size()))) {
        failing.addAll(failures(sender, what, fitting, channel));
      }
    }
    return Optional.of(
        new Outcome(Math.min(SAMPLE, people.size()), people.size() <= SAMPLE, failing));
  }

  private static List<Failing> failures(
      Provider.Sender sender, What what, AudienceMember person, Channel channel) {
    String address = Objects.requireNonNullElse(person.endpoints().first(channel.endpoints()), "");
    List<Failing> failing = new ArrayList<>();
    for (int number = 0; number < what.messages().size(); number++) {
      try {
        sender.prepare(what.messages().get(number), address, person.properties());
      } catch (PersonalisationException reason) {
        failing.add(new Failing(person.identity(), number, String.valueOf(reason.getMessage())));
      }
    }
    return failing;
  }
}
