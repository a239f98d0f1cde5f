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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads users and what they did. */
final class PeopleReader implements PeopleStore {
  private final DuckDatabase database;
  private final ConsentReader consents;

  PeopleReader(DuckDatabase database, FactStoreSettings settings) {
    this.database = database;
    this.consents = new ConsentReader(new ProfileMerge(new PhoneNumbers(settings.defaultRegion())));
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
  public List<Person> searchPeople(PeopleSearch search) {
    return database.read(
        session -> {
          ArrayList<Person> people = new ArrayList<>();
          for (ProfileTable.Row row : PeopleFinder.find(session, search)) {
            people.add(person(session, row));
          }
          return people;
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
                WHERE to_key = ? ORDER BY received_at, from_identity""",
                row ->
                    new MergedIdentity(
                        Identity.ofStored(row.getString(1)),
                        DuckSession.instant(row, "received_at")),
                userKey));
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
        reserved.name(),
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
