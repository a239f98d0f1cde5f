package dev.carillon.storage.embedded.query;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.Endpoints;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.facts.Unattributed;
import dev.carillon.engine.port.people.ChannelConsent;
import dev.carillon.engine.port.people.MergedIdentity;
import dev.carillon.engine.port.people.PeopleSearch;
import dev.carillon.engine.port.people.PeopleTotals;
import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.port.people.Timeline;
import dev.carillon.engine.port.people.TimelineQuery;
import dev.carillon.engine.profile.PhoneNumbers;
import dev.carillon.engine.profile.ProfileMerge;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.profiles.EndpointTable;
import dev.carillon.storage.embedded.profiles.PersonalWishes;
import dev.carillon.storage.embedded.profiles.ProfileTable;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads users and what they did. */
public final class PeopleReader {
  private final DuckDatabase database;
  private final ConsentReader consents;

  public PeopleReader(DuckDatabase database, PhoneNumbers phones) {
    this.database = database;
    this.consents = new ConsentReader(new ProfileMerge(phones));
  }

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
              ? Optional.of(people(session, List.of(row.get())).getFirst())
              : Optional.empty();
        });
  }

  public List<Person> searchPeople(PeopleSearch search) {
    return database.read(session -> people(session, PeopleFinder.find(session, search)));
  }

  public List<ChannelConsent> consents(long userKey) {
    return database.read(session -> consents.of(session, userKey));
  }

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

  private static List<Person> people(DuckSession session, List<ProfileTable.Row> rows)
      throws SQLException {
    List<Long> keys = rows.stream().map(ProfileTable.Row::userKey).toList();
    Map<Long, Map<Channel, PersonalWishes>> wishes = PersonalWishes.of(session, keys);
    Map<Long, Endpoints> endpoints = EndpointTable.read(session, keys);
    return rows.stream()
        .map(
            row ->
                person(
                    row,
                    endpoints.getOrDefault(row.userKey(), Endpoints.NONE),
                    wishes.getOrDefault(row.userKey(), Map.of())))
        .toList();
  }

  private static Person person(
      ProfileTable.Row row, Endpoints endpoints, Map<Channel, PersonalWishes> wishes) {
    EnumMap<Channel, Boolean> subscribed = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      subscribed.put(channel, !row.profile().optOuts().contains(channel.key()));
    }
    wishes.forEach(
        (channel, said) ->
            subscribed.merge(channel, said.subscribed(), (own, last) -> own && last));
    return new Person(
        row.userKey(),
        Identity.ofStored(row.identity()),
        row.profile().name(),
        row.profile().properties(),
        endpoints,
        Map.copyOf(subscribed),
        row.profile().firstSeenAt(),
        row.profile().updatedAt(),
        ProfileMerge.refused(row.profile()));
  }

  /** What came from people that neither a phone number nor a message of theirs identifies. */
  public Unattributed unattributed(int connection) {
    return database.read(
        session ->
            new Unattributed(
                session.number(
                    """
                    SELECT count(DISTINCT message_id) FROM incoming
                    WHERE connection = ? AND reply AND address_hash = 0
                      AND campaign IS NULL AND context_campaign IS NULL""",
                    connection),
                session.number(
                    """
                    SELECT count(DISTINCT (c.channel, c.address, c."at")) FROM consent c
                    WHERE c.connection = ? AND NOT c.subscribed
                      AND TRY_CAST(c.address AS BIGINT) IS NULL
                      AND NOT EXISTS (FROM scoped_id s
                        WHERE s.channel = c.channel AND s.name = c.address
                          AND TRY_CAST(s.address AS BIGINT) IS NOT NULL)""",
                    connection)));
  }

  public Timeline timeline(long userKey, TimelineQuery query) {
    return database.read(session -> TimelineReader.read(session, userKey, query));
  }

  public PeopleTotals totals() {
    return database.read(
        session ->
            new PeopleTotals(
                session.number("SELECT count(*) FROM profile"),
                session.number("SELECT count(*) FROM event")));
  }
}
