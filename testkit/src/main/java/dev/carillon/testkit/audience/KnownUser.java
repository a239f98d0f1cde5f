package dev.carillon.testkit.audience;

import dev.carillon.core.channel.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user as rules see them.
 *
 * @param userKey the user's key
 * @param properties a JSON object
 * @param contact where they can be reached, and whether they want it
 * @param events what they did
 * @param lists the custom lists that they are on
 */
public record KnownUser(
    long userKey, String properties, Contact contact, List<Event> events, Set<Integer> lists) {
  public KnownUser {
    events = List.copyOf(events);
    lists = Set.copyOf(lists);
  }

  /**
   * Where a user can be reached.
   *
   * @param phone the user's own number, unique; null for none
   * @param valid whether a message could go to the number
   * @param email the user's address; null for none
   * @param subscribed consent on the profile, by channel; absent where none was given
   * @param wishes consent given in messages from the number
   */
  public record Contact(
      @Nullable String phone,
      boolean valid,
      @Nullable String email,
      Map<Channel, Boolean> subscribed,
      List<Wish> wishes) {
    public Contact {
      subscribed = Map.copyOf(subscribed);
      wishes = List.copyOf(wishes);
    }
  }

  /** That messages on a channel are wanted, or not. */
  public record Wish(Channel channel, boolean subscribed, Instant at) {}

  /**
   * Something that a user did.
   *
   * @param properties a JSON object
   */
  public record Event(String name, Instant at, String properties) {}
}
