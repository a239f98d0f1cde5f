package dev.carillon.storage.embedded.planning;

import dev.carillon.core.SplitMix64;
import dev.carillon.core.campaign.LocalDeliveryTimes;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.engine.port.audience.Audience;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.storage.embedded.audience.AudienceSql;
import dev.carillon.storage.embedded.audience.JsonValues;
import dev.carillon.storage.embedded.audience.Reachability;
import dev.carillon.storage.embedded.audience.Sql;
import dev.carillon.storage.embedded.audience.ZoneSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Selects the audience of a run and writes its messages: who is held out, who is suppressed and
 * why, which variant, which number. A few statements whatever the size of the audience, all in the
 * caller's transaction.
 *
 * <p>Messages are numbered by their connections, and then in the order of a hash of their
 * addresses, another one for each run. So a number says nothing about its user, each chunk of
 * numbers holds target and control in their shares, and users with one address come one after the
 * other: those who could be sent to first, by key. Of those the first keeps the address and each
 * next one is a duplicate, which the row before shows.
 *
 * <p>The audience is put in order in a temporary table, so that a row's place there is its number
 * and the messages are written on all processors. (A window over the sorted query would have to
 * write them on one.) What the user's key alone decides is worked out when they are written: the
 * less a row carries, the faster it is sorted.
 */
public final class MessageWriter {
  /** Takes one byte a row until messages are written. */
  private static final String REASON =
      Arrays.stream(SuppressionReason.values())
          .map(reason -> "'" + reason.key() + "'")
          .collect(Collectors.joining(", ", "ENUM(", ")"));

  private static final String ONE_AN_ADDRESS =
      "CASE WHEN reason IS NULL AND rowid IN (SELECT place FROM (SELECT rowid AS place,"
          + " address = lag(address) OVER () AS again FROM shuffled) WHERE again)"
          + " THEN {} ELSE reason::VARCHAR END";

  private MessageWriter() {}

  /**
   * Writes the messages of a run.
   *
   * @param firstSeq number of its first message
   * @return how many messages it has
   */
  public static long write(Connection connection, PlanOrder order, int firstSeq)
      throws SQLException {
    @Nullable LocalDeliveryTimes times = order.userTimes();
    List<OptionalColumn> optional = new ArrayList<>();
    optional.addAll(
        List.of(
            new OptionalColumn("variant", order.variants() != null, "0"),
            new OptionalColumn("first_message", firstSeq > 0, "NULL"),
            new OptionalColumn("not_before", times != null, "NULL"),
            new OptionalColumn(
                "connection",
                order.routes().size() > 1,
                Integer.toString(order.routes().getFirst().connection()))));
    AttributeColumns.names()
        .forEach(name -> optional.add(new OptionalColumn(name, devices(order), "NULL")));
    Sql oneAnAddress = Sql.of(ONE_AN_ADDRESS, Sql.value(SuppressionReason.DUPLICATE_ADDRESS.key()));
    update(
        connection,
        shuffled(
            order,
            optional,
            times == null ? chosen(order) : timed(order, times, ZoneSql.zones(connection))));
    String table = "shuffled";
    Sql suppression = oneAnAddress;
    if (times != null) {
      update(connection, inTurn(order, oneAnAddress));
      table = "in_turn";
      suppression = Sql.of("reason");
    }
    long count = update(connection, messages(order, firstSeq, table, optional, suppression));
    if (devices(order)) {
      update(connection, firstOfUsers(order));
    }
    update(connection, Sql.of("DROP TABLE IF EXISTS in_turn"));
    update(connection, Sql.of("DROP TABLE shuffled"));
    return count;
  }

  /**
   * A column of messages that only some runs have.
   *
   * @param otherwise what it holds in the others
   */
  private record OptionalColumn(String name, boolean present, String otherwise) {}

  private static long update(Connection connection, Sql sql) throws SQLException {
    try (PreparedStatement statement = sql.prepare(connection)) {
      return statement.executeLargeUpdate();
    }
  }

  /**
   * A number for each {@code address}, by which the same ones can be brought together: the digits
   * of a phone. Users without an address have one too.
   */
  private static final String ADDRESS_NUMBER =
      "coalesce(TRY_CAST(address AS BIGINT), (hash(address) >> 1)::BIGINT, user_key)";

  private static Sql shuffled(PlanOrder order, List<OptionalColumn> optional, Sql audience) {
    String columns =
        optional.stream()
            .filter(OptionalColumn::present)
            .map(column -> ", " + column.name())
            .collect(Collectors.joining());
    return Sql.of(
        "CREATE TEMP TABLE shuffled AS SELECT user_key, address"
            + columns
            + ", reason::"
            + REASON
            + " AS reason FROM ({}) ORDER BY "
            + byConnection(order)
            + "hash(xor("
            + ADDRESS_NUMBER
            + ", {})), reason IS NOT NULL, user_key",
        audience,
        Sql.value(salt(order)));
  }

  /**
   * The messages of a run by the users' own clocks in the order of their moments, so that a chunk
   * waits for few of them.
   */
  private static Sql inTurn(PlanOrder order, Sql oneAnAddress) {
    return Sql.of(
        "CREATE TEMP TABLE in_turn AS SELECT * REPLACE ({} AS reason) FROM shuffled ORDER BY "
            + byConnection(order)
            + "not_before NULLS FIRST, rowid",
        oneAnAddress);
  }

  /** The messages of one connection come one after the other. */
  private static String byConnection(PlanOrder order) {
    return order.routes().size() > 1 ? "connection, " : "";
  }

  /** Whether users can have several messages, one a device. */
  private static boolean devices(PlanOrder order) {
    return order.audience().channel().endpoints().contains(EndpointKind.DEVICE);
  }

  /** Names the first message of each user who has several in the run, and had none before. */
  private static Sql firstOfUsers(PlanOrder order) {
    return Sql.of(
        "UPDATE message SET first_message = f.seq FROM (SELECT user_key, min(seq) AS seq"
            + " FROM message WHERE campaign = {} AND run = {} GROUP BY user_key"
            + " HAVING count(*) > 1) f WHERE campaign = {} AND run = {}"
            + " AND message.user_key = f.user_key AND message.seq > f.seq"
            + " AND first_message IS NULL",
        Sql.value(order.campaign()),
        Sql.value(order.run()),
        Sql.value(order.campaign()),
        Sql.value(order.run()));
  }

  /** In a transaction that has not ended, the rows of a new table do not start at zero. */
  private static Sql messages(
      PlanOrder order, int firstSeq, String table, List<OptionalColumn> optional, Sql suppression) {
    String names =
        optional.stream().map(column -> ", " + column.name()).collect(Collectors.joining());
    String columns =
        optional.stream()
            .map(column -> ", " + (column.present() ? column.name() : column.otherwise()))
            .collect(Collectors.joining());
    return Sql.of(
        "INSERT INTO message (campaign, run, seq, user_key, address, control, suppression,"
            + " planned_at"
            + names
            + ") SELECT {}, {}, ({} + rowid - (SELECT min(rowid) FROM "
            + table
            + "))::INTEGER, user_key, address, {}, {}, {}"
            + columns
            + " FROM "
            + table,
        Sql.value(order.campaign()),
        Sql.value(order.run()),
        Sql.value((long) firstSeq),
        CampaignDrawSql.heldOut(order),
        suppression,
        Sql.value(utc(order.at())));
  }

  /** The audience with each user's moment. Passed times are the last reason to suppress. */
  private static Sql timed(PlanOrder order, LocalDeliveryTimes times, Map<String, ZoneId> zones) {
    Instant planning = order.at();
    String texts =
        zones.keySet().stream().map(JsonValues::quoted).collect(Collectors.joining(",", "[", "]"));
    String moments =
        zones.values().stream()
            .map(zone -> json(times.moment(zone, planning)))
            .collect(Collectors.joining(",", "[", "]"));
    return Sql.of(
        "SELECT a.* EXCLUDE (reason, zone), coalesce(reason, CASE WHEN not_before IS NULL THEN {}"
            + " END) AS reason FROM (SELECT c.*, CASE WHEN z.text IS NULL THEN"
            + " json_extract_string({}, '$[0]')::TIMESTAMP ELSE z.moment END AS not_before FROM"
            + " ({}) c LEFT JOIN (SELECT unnest(from_json({}, '[\"VARCHAR\"]')) AS text,"
            + " unnest(from_json({}, '[\"TIMESTAMP\"]')) AS moment) z ON z.text = c.zone) a",
        Sql.value(SuppressionReason.TIME_PASSED.key()),
        Sql.value("[" + json(times.moment(null, planning)) + "]"),
        chosen(order),
        Sql.value(texts),
        Sql.value(moments));
  }

  /** The audience with what depends on the user alone. */
  private static Sql chosen(PlanOrder order) {
    return Sql.of(
        "SELECT s.*, {} AS variant, first_message FROM ({}) s LEFT JOIN (SELECT user_key,"
            + " min(coalesce(first_message, seq)) AS first_message FROM message WHERE campaign = {}"
            + " GROUP BY user_key) earlier USING (user_key)",
        CampaignDrawSql.variant(order),
        settled(order),
        Sql.value(order.campaign()));
  }

  /** Each user of the audience with each endpoint, or once without any. */
  private static Sql settled(PlanOrder order) {
    Audience audience = order.audience();
    Channel channel = audience.channel();
    return Sql.of(
        "SELECT user_key, address, {} AS control, "
            + (order.userTimes() == null ? "" : "zone, ")
            + (order.routes().size() > 1 ? RouteSql.connection(order) + " AS connection, " : "")
            + (devices(order) ? String.join(", ", AttributeColumns.names()) + ", " : "")
            + "CASE WHEN kind IS NULL THEN {} WHEN address IS NULL OR {} THEN {}"
            + " WHEN {} OR {} THEN {} END AS reason"
            + " FROM ({}) a LEFT JOIN (SELECT * FROM endpoint e WHERE "
            + Reachability.present(channel)
            + RouteSql.served(order)
            + ") e USING (user_key)",
        CampaignDrawSql.heldOut(order),
        Sql.value(SuppressionReason.NO_ADDRESS.key()),
        Reachability.dead(channel),
        Sql.value(SuppressionReason.INVALID_ADDRESS.key()),
        Reachability.refusedByEndpoint(channel),
        Reachability.refusedByUser(channel),
        Sql.value(SuppressionReason.UNSUBSCRIBED.key()),
        AudienceSql.select(
            order.userTimes() == null
                ? "user_key"
                : "user_key, " + ZoneSql.text("properties") + " AS zone",
            audience.who(),
            audience.evaluation()));
  }

  /** The moment as JSON for a parameter; null for none. */
  private static String json(Optional<Instant> moment) {
    return moment.map(at -> JsonValues.quoted(utc(at).toString())).orElse("null");
  }

  private static LocalDateTime utc(Instant moment) {
    return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
  }

  /** Gives each run another order. Not negative, as address keys are. */
  private static long salt(PlanOrder order) {
    return SplitMix64.first(SplitMix64.first(order.campaign()) + order.run()) >>> 1;
  }
}
