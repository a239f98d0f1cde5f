package dev.carillon.storage.embedded.facts;

import dev.carillon.core.Channel;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.PeopleSearch;
import dev.carillon.engine.port.PeopleStore;
import dev.carillon.engine.port.Timeline;
import dev.carillon.engine.port.TimelineQuery;
import dev.carillon.engine.profile.PhoneNumbers;
import dev.carillon.engine.profile.ProfileMerge;
import dev.carillon.engine.profile.StoredProfile.Reserved;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads users and what they did. */
final class PeopleReader implements PeopleStore {
  private final DuckDatabase database;
  private final ConsentReader consents;

  PeopleReader(DuckDatabase database, PhoneNumbers phones) {
    this.database = database;
    this.consents = new ConsentReader(new ProfileMerge(phones));
  }

  @Override
  public Optional<Person> person(Identity identity) {
    return database.read(
        session -> {
          Optional<ProfileTable.Row> linked =
              session.first(
                  """
                  SELECT p.* FROM identity_link l JOIN profile p ON p.user_key = l.to_key
                  WHERE l.from_key = ? AND l.from_identity = ?\
                  """,
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
          return row.isPresent()
              ? Optional.of(person(row.get(), wishes(session, List.of(row.get()))))
              : Optional.empty();
        });
  }

  @Override
  public List<Person> searchPeople(PeopleSearch search) {
    return database.read(
        session -> {
          List<ProfileTable.Row> rows = PeopleFinder.find(session, search);
          Map<String, Map<Channel, Boolean>> wishes = wishes(session, rows);
          return rows.stream().map(row -> person(row, wishes)).toList();
        });
  }

  @Override
  public List<ChannelConsent> consents(long userKey) {
    return database.read(session -> consents.of(session, userKey));
  }

  @Override
  public List<MergedIdentity> mergedIdentities(long userKey) {
    return database.read(
        session ->
            session.list(
                """
                SELECT from_identity, received_at FROM identity_link
                WHERE to_key = ? ORDER BY received_at, from_identity\
                """,
                row ->
                    new MergedIdentity(
                        Identity.ofStored(row.getString(1)),
                        DuckSession.instant(row, "received_at")),
                userKey));
  }

  private static Person person(ProfileTable.Row row, Map<String, Map<Channel, Boolean>> wishes) {
    Reserved reserved = row.profile().reserved();
    EnumMap<Channel, Boolean> subscribed = new EnumMap<>(Channel.class);
    subscribed.put(Channel.PUSH, reserved.push());
    subscribed.put(Channel.SMS, reserved.sms());
    subscribed.put(Channel.WHATSAPP, reserved.whatsapp());
    subscribed.put(Channel.FACEBOOK, true);
    String phone = reserved.phone();
    if (phone != null) {
      wishes
          .getOrDefault(phone, Map.of())
          .forEach((channel, wish) -> subscribed.merge(channel, wish, (own, said) -> own && said));
    }
    return new Person(
        row.userKey(),
        Identity.ofStored(row.identity()),
        reserved.name(),
        row.profile().properties(),
        phone,
        reserved.phoneState(),
        Map.copyOf(subscribed),
        row.profile().firstSeenAt(),
        row.profile().updatedAt(),
        ProfileMerge.refused(row.profile()));
  }

  /** What was last said for the addresses, by channel; of two at one time, the no. */
  private static Map<String, Map<Channel, Boolean>> wishes(
      DuckSession session, List<ProfileTable.Row> rows) throws SQLException {
    Map<String, Map<Channel, Boolean>> wishes = new HashMap<>();
    String[] phones =
        rows.stream()
            .map(row -> row.profile().reserved().phone())
            .filter(Objects::nonNull)
            .toArray(String[]::new);
    if (phones.length == 0) {
      return wishes;
    }
    session.each(
        """
        SELECT DISTINCT ON (address, channel) address, channel, subscribed FROM consent
        WHERE address IN (SELECT unnest(?::VARCHAR[]))
        ORDER BY address, channel, "at" DESC, subscribed\
        """,
        row -> {
          Channel channel = Channel.ofKey(row.getString(2)).orElse(null);
          if (channel != null) {
            wishes
                .computeIfAbsent(row.getString(1), any -> new EnumMap<>(Channel.class))
                .put(channel, row.getBoolean(3));
          }
        },
        (Object) phones);
    return wishes;
  }

  @Override
  public Timeline timeline(long userKey, TimelineQuery query) {
    return database.read(session -> TimelineReader.read(session, userKey, query));
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
