package dev.carillon.engine.profile;

import dev.carillon.core.user.Endpoints;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a store keeps of a user.
 *
 * @param properties the properties as they are now, a JSON object
 * @param propertyTimes what merging needs to know of the properties' past, a JSON object; only
 *     {@link ProfileMerge} reads it
 * @param name the name; null without
 * @param contacts how the user is reached, as {@link #endpoints} and {@link #optOuts} tell
 * @param firstSeenAt when Carillon first learned of the user
 * @param updatedAt when Carillon last learned something of the user
 */
public record StoredProfile(
    String properties,
    String propertyTimes,
    @Nullable String name,
    String contacts,
    Instant firstSeenAt,
    Instant updatedAt) {

  /** A user of whom only the existence is known. */
  public static StoredProfile seen(Instant at) {
    return new StoredProfile("{}", "{}", null, "", at, at);
  }

  /** The addresses that the properties give and gave. */
  public Endpoints endpoints() {
    return endpoints(contacts);
  }

  /**
   * The names of the channels, and {@code email}, on which the profile refuses messages; on others
   * they are welcome.
   */
  public Set<String> optOuts() {
    return optOuts(contacts);
  }

  /** The same of a profile's {@code contacts} alone. */
  public static Set<String> optOuts(String contacts) {
    return Set.copyOf(ProfileContacts.of(contacts).optOuts());
  }

  /** The addresses that a profile's {@code contacts} name. */
  public static Endpoints endpoints(String contacts) {
    return new Endpoints(ProfileContacts.of(contacts).endpoints());
  }
}
