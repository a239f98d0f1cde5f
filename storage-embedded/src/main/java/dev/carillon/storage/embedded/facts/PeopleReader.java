package dev.carillon.storage.embedded.facts;

import dev.carillon.core.Channel;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.PeopleStore;
import dev.carillon.engine.profile.StoredProfile.Reserved;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads users and what they did. */
final class PeopleReader implements PeopleStore {
  private final DuckDatabase database;

  PeopleReader(DuckDatabase database) {
    this.database = database;
  }

  @Override
  public Optional<Person> person(Identity identity) {
    return database.read(
        session -> {
          Optional<ProfileTable.Row> linked =
              session.first(
                  """
                  SELECT p.* FROM identity_link l JOIN profile p ON p.user_key = l.to_key
                  WHERE l.from_key = ? AND l.from_identity = ?""",
                  ProfileTable::row,
                  identity.key(),
                  identity.stored());
          Optional<ProfileTable.Row> row =
              linked.isPresent()
                  ? linked
                  : session.first(
                      "SELECT * FROM profile WHERE user_key = ? AND identity = ?",
                      ProfileTable::row,
                      identity.key(),
                      identity.stored());
          return row.isPresent() ? Optional.of(person(session, row.get())) : Optional.empty();
        });
  }

  @Override
  public List<Person> searchPeople(String text, int limit) {
    String start = text.strip().toLowerCase(Locale.ROOT);
    String digits = start.replaceAll("[^0-9]", "");
    boolean number = !digits.isEmpty() && start.matches("[-+() .0-9]*");
    return database.read(
        session -> {
          List<ProfileTable.Row> rows =
              session.list(
                  """
                  SELECT * FROM profile
                  WHERE starts_with(lower(substr(identity, 3)), $1)
                    OR starts_with(lower(email), $1) OR starts_with(lower(name), $1)
                    OR ($2 AND starts_with(phone, $3))
                  ORDER BY name NULLS LAST, identity LIMIT $4""",
                  ProfileTable::row,
                  start,
                  number,
                  digits,
                  limit);
          ArrayList<Person> people = new ArrayList<>();
          for (ProfileTable.Row row : rows) {
            people.add(person(session, row));
          }
          return people;
        });
  }

  private static Person person(DuckSession session, ProfileTable.Row row) throws SQLException {
    Reserved reserved = row.profile().reserved();
    EnumMap<Channel, Boolean> subscribed = new EnumMap<>(Channel.class);
    subscribed.put(Channel.PUSH, reserved.push());
    subscribed.put(Channel.SMS, reserved.sms());
    subscribed.put(Channel.WHATSAPP, reserved.whatsapp());
    subscribed.put(Channel.FACEBOOK, true);
    String phone = reserved.phone();
    if (phone != null) {
      consents(session, phone)
          .forEach((channel, wish) -> subscribed.merge(channel, wish, (own, said) -> own && said));
    }
    return new Person(
        row.userKey(),
        Identity.ofStored(row.identity()),
        row.profile().properties(),
        phone,
        reserved.phoneState(),
        Map.copyOf(subscribed),
        row.profile().firstSeenAt(),
        row.profile().updatedAt());
  }

  /** What was last said for an address, by channel; of two at one time, the no. */
  private static Map<Channel, Boolean> consents(DuckSession session, String address)
      throws SQLException {
    EnumMap<Channel, Boolean> wishes = new EnumMap<>(Channel.class);
    session.each(
        """
        SELECT DISTINCT ON (channel) channel, subscribed FROM consent
        WHERE address = ? ORDER BY channel, "at" DESC, subscribed""",
        row -> {
          Channel channel = Channel.ofKey(row.getString(1)).orElse(null);
          if (channel != null) {
            wishes.put(channel, row.getBoolean(2));
          }
        },
        address);
    return wishes;
  }

  @Override
  public List<TimelineEntry> timeline(long userKey, Instant before, int limit) {
    return database.read(
        session -> {
          List<TimelineEntry> entries =
              new ArrayList<>(
                  session.list(
                      """
                      SELECT "at", name, properties FROM event
                      WHERE user_key = ? AND "at" < ? ORDER BY "at" DESC, pos DESC LIMIT ?""",
                      row ->
                          new TimelineEntry.Did(
                              DuckSession.instant(row, "at"),
                              row.getString("name"),
                              row.getString("properties")),
                      userKey,
                      before,
                      limit));
          entries.addAll(
              session.list(
                  """
                  SELECT m.campaign, m.seq, m.control, m.suppression,
                    COALESCE(s."at", m.planned_at) AS "at", list_sort(list(f.kind)) AS kinds
                  FROM message m
                  LEFT JOIN send s ON s.campaign = m.campaign AND s.seq = m.seq
                  LEFT JOIN fact f ON f.campaign = m.campaign AND f.seq = m.seq
                  WHERE m.user_key = ? AND COALESCE(s."at", m.planned_at) < ?
                  GROUP BY m.campaign, m.seq, m.control, m.suppression, s."at", m.planned_at
                  ORDER BY 5 DESC LIMIT ?""",
                  PeopleReader::wasSent,
                  userKey,
                  before,
                  limit));
          entries.sort(Comparator.comparing(TimelineEntry::at).reversed());
          return entries.size() > limit ? List.copyOf(entries.subList(0, limit)) : entries;
        });
  }

  private static TimelineEntry wasSent(ResultSet row) throws SQLException {
    ArrayList<Integer> kinds = new ArrayList<>();
    java.sql.Array array = row.getArray("kinds");
    if (array != null) {
      for (Object kind : (Object[]) array.getArray()) {
        if (kind != null) {
          kinds.add(((Number) kind).intValue());
        }
      }
    }
    return new TimelineEntry.WasSent(
        DuckSession.instant(row, "at"),
        new MessageRef(row.getInt("campaign"), row.getInt("seq")),
        row.getBoolean("control"),
        state(kinds, row.getBoolean("control"), row.getString("suppression")));
  }

  /** The furthest that the message came, in one word. */
  private static String state(List<Integer> kinds, boolean control, @Nullable String suppression) {
    if (control) {
      return "control";
    }
    return kinds.contains(13) || kinds.contains(14)
        ? "replied"
        : kinds.contains(11)
            ? "clicked"
            : kinds.contains(10)
                ? "viewed"
                : kinds.contains(8)
                    ? "delivered"
                    : kinds.contains(9)
                        ? "delivery error"
                        : kinds.contains(4) || kinds.contains(7)
                            ? "sent"
                            : unsent(kinds, suppression);
  }

  private static String unsent(List<Integer> kinds, @Nullable String suppression) {
    if (kinds.contains(5)) {
      return "dispatch error";
    }
    if (suppression != null || kinds.contains(1)) {
      return "suppressed";
    }
    long begun = kinds.stream().filter(kind -> kind == 2).count();
    long returned = kinds.stream().filter(kind -> kind == 3).count();
    return begun > returned ? "uncertain" : "pending";
  }

  @Override
  public Totals totals() {
    return database.read(
        session ->
            new Totals(
                session.number("SELECT count(*) FROM profile"),
                session.number("SELECT count(*) FROM event")));
  }
}
