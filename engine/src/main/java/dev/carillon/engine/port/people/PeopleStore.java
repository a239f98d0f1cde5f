package dev.carillon.engine.port.people;

import java.util.List;

/** The users that are known. */
public interface PeopleStore extends PersonLookup {

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
