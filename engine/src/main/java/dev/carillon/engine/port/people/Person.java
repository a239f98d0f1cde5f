package dev.carillon.engine.port.people;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.Endpoints;
import dev.carillon.core.user.Identity;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param userKey key of the user's identity
 * @param name the name; null without
 * @param properties a JSON object
 * @param endpoints where messages can be sent, and could
 * @param subscribed by channel: whether messages may be sent
 * @param firstSeenAt when Carillon first learned of the user
 * @param propertiesRefused how many changes of properties were not made because the profile is at
 *     its limits
 */
public record Person(
    long userKey,
    Identity identity,
    @Nullable String name,
    String properties,
    Endpoints endpoints,
    Map<Channel, Boolean> subscribed,
    Instant firstSeenAt,
    Instant updatedAt,
    long propertiesRefused) {

  /** The user's place among those who are found. */
  public PeoplePlace place() {
    return new PeoplePlace(name, identity.stored());
  }
}
