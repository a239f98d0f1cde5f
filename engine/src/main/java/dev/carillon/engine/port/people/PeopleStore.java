package dev.carillon.engine.port.people;

import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.Settling;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The users that are known. */
public interface PeopleStore extends Settling {

  /** The user with this identity, or with the one that it was linked to; empty when unknown. */
  Optional<Person> person(Identity identity);

  /**
   * The user whom somebody means by this text: the one with it as the account's own identity, else
   * as one of another kind; empty when unknown.
   */
  default Optional<Person> person(String identity) {
    if (identity.isEmpty() || identity.length() > Identity.LONGEST) {
      return Optional.empty();
    }
    return Stream.of(Identity.Kind.values())
        .map(kind -> person(new Identity(kind, identity)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The users that are searched for, by name and identity; those without a name come last. */
  List<Person> searchPeople(PeopleSearch search);

  /** What a user did, was sent and answered, latest first. */
  Timeline timeline(long userKey, TimelineQuery query);

  /** What was said of messages to the user, by channel. */
  List<ChannelConsent> consents(long userKey);

  /** The identities that became part of the user, the first one first. */
  List<MergedIdentity> mergedIdentities(long userKey);

  /** How many users and events are kept. */
  PeopleTotals totals();
}
