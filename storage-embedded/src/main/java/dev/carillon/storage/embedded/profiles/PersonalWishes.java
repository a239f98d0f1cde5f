package dev.carillon.storage.embedded.profiles;

import dev.carillon.core.channel.Channel;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was said in messages, and to providers, for the addresses that a user has and had. The user
 * is unsubscribed from a channel as long as the last word for the present address is no, or the
 * last one for all of them; what was said from an earlier address counts until the user left it.
 * {@code Reachability} says the same of many users.
 */
public final class PersonalWishes {
  private static final String WISHES =
      """
      SELECT w.user_key, w.channel, w.subscribed, w."at", w.present, EXISTS (FROM incoming i
        WHERE i.channel = w.channel AND i."at" = w."at" AND i.reply
          AND (i.sender = w.address OR i.address_hash = TRY_CAST(w.address AS BIGINT)
            OR i.sender IN (SELECT a.provider_address FROM address_alias a
              WHERE a.address = w.address))) AS written
      FROM (
        SELECT e.user_key, c.channel, c.address, c.subscribed, c."at", e.left_at IS NULL AS present
        FROM endpoint e JOIN consent c ON c.address = e.address
          AND c."at" <= coalesce(e.left_at, TIMESTAMP 'infinity')
        WHERE e.user_key IN (SELECT unnest($1::BIGINT[]))) w
      ORDER BY w."at" DESC, w.subscribed""";

  /**
   * One wish.
   *
   * @param written whether the person wrote it in a message
   */
  public record Wish(boolean subscribed, Instant at, boolean written) {}

  private final List<Wish> present = new ArrayList<>();
  private final List<Wish> all = new ArrayList<>();

  private PersonalWishes() {}

  /** The wishes of the users by channel; users without any have no entry. */
  public static Map<Long, Map<Channel, PersonalWishes>> of(
      DuckSession session, Collection<Long> users) throws SQLException {
    Map<Long, Map<Channel, PersonalWishes>> wishes = new HashMap<>();
    if (users.isEmpty()) {
      return wishes;
    }
    session.each(
        WISHES,
        row -> {
          Channel channel = Channel.ofKey(row.getString("channel")).orElse(null);
          if (channel != null) {
            PersonalWishes of =
                wishes
                    .computeIfAbsent(row.getLong("user_key"), any -> new EnumMap<>(Channel.class))
                    .computeIfAbsent(channel, any -> new PersonalWishes());
            Wish wish =
                new Wish(
                    row.getBoolean("subscribed"),
                    DuckSession.instant(row, "at"),
                    row.getBoolean("written"));
            of.all.add(wish);
            if (row.getBoolean("present")) {
              of.present.add(wish);
            }
          }
        },
        (Object) users.stream().mapToLong(user -> user).toArray());
    return wishes;
  }

  public boolean subscribed() {
    return deciding().getFirst().subscribed();
  }

  /** The first of the wishes that still hold: what was last said, since when it was said. */
  public Wish holding() {
    List<Wish> wishes = deciding();
    Wish first = wishes.getFirst();
    for (Wish wish : wishes) {
      if (wish.subscribed() != first.subscribed()) {
        break;
      }
      first = wish;
    }
    return first;
  }

  /** Latest first; of two at one time, the no. */
  private List<Wish> deciding() {
    return present.isEmpty() || present.getFirst().subscribed() ? all : present;
  }
}
