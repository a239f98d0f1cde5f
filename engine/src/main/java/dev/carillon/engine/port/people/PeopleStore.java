package dev.carillon.engine.port.people;

import dev.carillon.core.Channel;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.Settling;
import dev.carillon.engine.profile.StoredProfile.PhoneState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  Totals totals();

  /**
   * A user.
   *
   * @param userKey key of the user's identity
   * @param name the name; null without
   * @param properties a JSON object
   * @param phone E.164 digits without plus; null without a valid one
   * @param phoneState whether there is a number, and a valid one
   * @param subscribed by channel: whether messages may be sent
   * @param firstSeenAt when Carillon first learned of the user
   * @param propertiesRefused how many changes of properties were not made because the profile is at
   *     its limits
   */
  record Person(
      long userKey,
      Identity identity,
      @Nullable String name,
      String properties,
      @Nullable String phone,
      PhoneState phoneState,
      Map<Channel, Boolean> subscribed,
      Instant firstSeenAt,
      Instant updatedAt,
      long propertiesRefused) {

    /** The user's place among those who are found. */
    public PeoplePlace place() {
      return new PeoplePlace(name, identity.stored());
    }
  }

  /**
   * What was said of messages on one channel.
   *
   * @param subscribed whether messages may be sent
   * @param said who said so last
   * @param since since when it is so; null when nobody said anything
   */
  record ChannelConsent(Channel channel, boolean subscribed, Said said, @Nullable Instant since) {}

  /** How a wish for a channel became known. */
  enum Said {
    /** Nobody said anything. */
    NOTHING("nothing"),
    /** A property of the profile: an upload, the API or an import. */
    PROFILE("profile"),
    /** The person wrote it in a message, such as STOP. */
    MESSAGE("message"),
    /** The provider told of the person's choice. */
    PROVIDER("provider");

    private final String key;

    Said(String key) {
      this.key = key;
    }

    /** The name in JSON. */
    public String key() {
      return key;
    }
  }

  /**
   * An identity that became part of another user.
   *
   * @param since when Carillon learned of it
   */
  record MergedIdentity(Identity identity, Instant since) {}

  record Totals(long users, long events) {}
}
