package dev.carillon.engine.port.people;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.profile.StoredProfile.PhoneState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
public record Person(
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
