package dev.carillon.storage.embedded.audience;

import dev.carillon.core.channel.Channel;
import java.util.List;

/**
 * Which profiles have a usable address on a channel, as SQL over columns of {@code profile}.
 *
 * <p>Users are unsubscribed when their profile says so, or the last message with such a word: from
 * the address, or from any that they have or had, while they had it.
 */
public final class Reachability {
  private static final String LAST_IS_NO =
      "HAVING max(\"at\") FILTER (WHERE NOT subscribed)"
          + " >= coalesce(max(\"at\") FILTER (WHERE subscribed), TIMESTAMP '-infinity')";

  private Reachability() {}

  /** The column with the address of a channel. */
  public static String address(Channel channel) {
    return switch (channel) {
      case WHATSAPP, SMS -> "phone";
      case PUSH, FACEBOOK -> throw unavailable(channel);
    };
  }

  /** Whether the user can be sent messages on the channel. */
  static Sql reachable(Channel channel) {
    return Sql.and(List.of(Sql.of(valid(channel)), Sql.not(unsubscribed(channel))));
  }

  /** Whether the address is there and valid, not looking at consent. */
  private static String valid(Channel channel) {
    return switch (channel) {
      case WHATSAPP, SMS -> "phone_state = 1";
      case FACEBOOK -> "(phone_state = 1 OR email IS NOT NULL)";
      case PUSH -> "false"; // until there are devices
    };
  }

  /** Whether the user does not want messages on the channel. */
  public static Sql unsubscribed(Channel channel) {
    return switch (channel) {
      case WHATSAPP -> unsubscribed("subscribed_whatsapp", channel);
      case SMS -> unsubscribed("subscribed_sms", channel);
      case PUSH -> Sql.of("coalesce(NOT subscribed_push, false)");
      case FACEBOOK -> Sql.FALSE;
    };
  }

  private static Sql unsubscribed(String column, Channel channel) {
    return Sql.of(
        "(coalesce(NOT "
            + column
            + ", false) OR coalesce("
            + address(channel)
            + " IN (SELECT address FROM consent WHERE channel = {} GROUP BY address "
            + LAST_IS_NO
            + "), false) OR user_key IN (SELECT o.user_key FROM phone_of o JOIN consent c"
            + " ON c.address = o.address AND c.\"at\" <= o.left_at WHERE c.channel = {}"
            + " GROUP BY o.user_key "
            + LAST_IS_NO
            + "))",
        Sql.value(channel.key()),
        Sql.value(channel.key()));
  }

  public static UnsupportedOperationException unavailable(Channel channel) {
    return new UnsupportedOperationException("no messages are planned for " + channel.key());
  }
}
