package dev.carillon.storage.embedded.audience;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.EndpointKind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which endpoints of a channel can be sent to, as SQL over {@code endpoint} and user keys.
 *
 * <p>Users are unsubscribed when their profile says so, or the last message with such a word: from
 * the address, or from any that they have or had, while they had it. A device is also where its
 * user lets it show no messages.
 */
public final class Reachability {
  private static final String LAST_IS_NO =
      "HAVING max(c.\"at\") FILTER (WHERE NOT c.subscribed)"
          + " >= coalesce(max(c.\"at\") FILTER (WHERE c.subscribed), TIMESTAMP '-infinity')";

  private Reachability() {}

  /** The endpoints of a channel that are their users' now: a condition over {@code endpoint e}. */
  public static String present(Channel channel) {
    return "e.kind IN "
        + channel.endpoints().stream()
            .map(EndpointKind::code)
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "(", ")"))
        + " AND e.left_at IS NULL";
  }

  /** Whether the user can be sent messages on the channel, over rows with {@code user_key}. */
  static Sql reachable(Channel channel) {
    return Sql.of(
        "(user_key IN (SELECT e.user_key FROM endpoint e WHERE {}) AND NOT {})",
        usable(channel),
        refusedByUser(channel));
  }

  /** Whether an endpoint can be sent to, not looking at what its user refuses elsewhere. */
  static Sql usable(Channel channel) {
    return Sql.of(
        "(" + present(channel) + " AND e.address IS NOT NULL AND NOT {} AND NOT {})",
        dead(channel),
        refusedByEndpoint(channel));
  }

  /**
   * Whether a provider said that the address leads nowhere, and the device was not registered
   * since: over {@code endpoint e}.
   */
  public static Sql dead(Channel channel) {
    return Sql.of(
        "EXISTS (FROM dead_endpoint d WHERE d.channel = {} AND d.address = e.address"
            + " AND d.\"at\" >= coalesce(e.registered_at, TIMESTAMP '-infinity'))",
        Sql.value(channel.key()));
  }

  /** Whether messages are refused at the endpoint, over {@code endpoint e}. */
  public static Sql refusedByEndpoint(Channel channel) {
    return Sql.of(
        "(coalesce(NOT e.allowed, false) OR coalesce(e.address IN (SELECT c.address FROM consent c"
            + " WHERE c.channel = {} GROUP BY c.address "
            + LAST_IS_NO
            + "), false))",
        Sql.value(channel.key()));
  }

  /** Whether the user refuses messages on the channel, over rows with {@code user_key}. */
  public static Sql refusedByUser(Channel channel) {
    return Sql.or(
        List.of(
            Sql.of(
                "user_key IN (SELECT o.user_key FROM opt_out o WHERE o.channel = {})",
                Sql.value(channel.key())),
            Sql.of(
                "user_key IN (SELECT o.user_key FROM endpoint o JOIN consent c"
                    + " ON c.address = o.address"
                    + " AND c.\"at\" <= coalesce(o.left_at, TIMESTAMP 'infinity')"
                    + " WHERE c.channel = {} AND o.user_key IN (SELECT l.user_key FROM endpoint l"
                    + " WHERE l.left_at IS NOT NULL) GROUP BY o.user_key "
                    + LAST_IS_NO
                    + ")",
                Sql.value(channel.key()))));
  }
}
