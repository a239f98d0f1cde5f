package dev.carillon.engine.port;

import dev.carillon.core.Channel;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.profile.StoredProfile.PhoneState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The users that are known. */
public interface PeopleStore {

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

  /** At most {@code limit} users whose identity, phone, e-mail or name begins with the text. */
  List<Person> searchPeople(String text, int limit);

  /** What a user did and was sent, latest first, before the given moment. */
  List<TimelineEntry> timeline(long userKey, Instant before, int limit);

  /** How many users and events are kept. */
  Totals totals();

  /**
   * A user.
   *
   * @param userKey key of the user's identity
   * @param properties a JSON object
   * @param phone E.164 digits without plus; null without a valid one
   * @param phoneState whether there is a number, and a valid one
   * @param subscribed by channel: whether messages may be sent
   * @param firstSeenAt when Carillon first learned of the user
   */
  record Person(
      long userKey,
      Identity identity,
      String properties,
      @Nullable String phone,
      PhoneState phoneState,
      Map<Channel, Boolean> subscribed,
      Instant firstSeenAt,
      Instant updatedAt) {}

  /** One line of a user's timeline. */
  sealed interface TimelineEntry {
    Instant at();

    record Did(Instant at, String event, String properties) implements TimelineEntry {}

    /** A message planned for the user; {@code state} is a word for what became of it. */
    record WasSent(Instant at, MessageRef message, boolean control, String state)
        implements TimelineEntry {}
  }

  record Totals(long users, long events) {}
}
