package dev.carillon.storage.embedded.audience;

import dev.carillon.core.campaign.Draw;
import dev.carillon.core.campaign.UserTimes;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.port.AudienceStore.Audience;
import dev.carillon.engine.port.AudienceStore.ControlShares;
import dev.carillon.engine.port.AudienceStore.PlanOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Plans runs set by set: one statement, whatever the size of the audience. Everything happens in
 * the caller's transaction.
 *
 * <p>Messages are numbered in the order of a hash of their addresses, another one for each run. So
 * a number tells nothing of what its user did, each chunk of numbers holds target and control in
 * their shares, and users with one address come one after the other: those who could be sent to
 * first, by key. Of those the first keeps the address and each next one is a duplicate, which the
 * row before it tells. Windows without an order go through the rows as the sorted query gives them.
 */
public final class PlanSql {
  private static final String ONE_AN_ADDRESS =
      "CASE WHEN reason IS NULL AND address = lag(address) OVER () AND lag(reason) OVER () IS NULL"
          + " THEN {} ELSE reason END";

  private PlanSql() {}

  /**
   * Plans the run unless it has messages already, and says what was settled.
   *
   * @throws ArithmeticException when the campaign would get more messages than can be numbered
   */
  public static PlannedRun plan(Connection connection, PlanOrder order) throws SQLException {
    Optional<PlannedRun> before = PlannedSets.read(connection, order.campaign(), order.run());
    if (before.isPresent()) {
      return before.get();
    }
    int firstSeq = nextSeq(connection, order.campaign());
    long count = insert(connection, order, firstSeq);
    Math.addExact(firstSeq, Math.toIntExact(count));
    return PlannedSets.read(connection, order.campaign(), order.run())
        .orElseGet(
            () ->
                new PlannedRun(
                    order.run(), order.at(), firstSeq, 0, new RoaringBitmap(), Map.of(), Map.of()));
  }

  /** The number of the campaign's next message. */
  public static int nextSeq(Connection connection, int campaign) throws SQLException {
    Sql sql =
        Sql.of(
            "SELECT coalesce(max(seq) + 1, 0) FROM message WHERE campaign = {}",
            Sql.value(campaign));
    try (PreparedStatement statement = sql.prepare(connection);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  /**
   * Writes the messages of a run.
   *
   * @param firstSeq number of its first message
   * @return how many messages it has
   */
  public static long insert(Connection connection, PlanOrder order, int firstSeq)
      throws SQLException {
    @Nullable UserTimes times = order.userTimes();
    Sql messages =
        times == null
            ? messages(order, firstSeq)
            : messagesByZone(order, firstSeq, times, ZoneSql.zones(connection));
    try (PreparedStatement statement = messages.prepare(connection)) {
      return statement.executeLargeUpdate();
    }
  }

  private static Sql messages(PlanOrder order, int firstSeq) {
    return Sql.of(
        "INSERT INTO message (campaign, run, seq, user_key, address, control, variant,"
            + " suppression, planned_at, first_message) SELECT {}, {}, ({} + row_number() OVER () -"
            + " 1)::INTEGER, user_key, address, control, variant, "
            + ONE_AN_ADDRESS
            + ", {}, first_message FROM (SELECT * FROM ({}) ORDER BY {}, reason IS NOT NULL, user_key)",
        Sql.value(order.campaign()),
        Sql.value(order.run()),
        Sql.value((long) firstSeq),
        Sql.value(SuppressionReason.DUPLICATE_ADDRESS.key()),
        Sql.value(ZoneSql.kept(order.at())),
        chosen(order),
        shuffled(order));
  }

  /**
   * The messages of a run by the users' own clocks: numbered by their moments first, so that a
   * chunk waits for few of them.
   */
  private static Sql messagesByZone(
      PlanOrder order, int firstSeq, UserTimes times, Map<String, ZoneId> zones) {
    return Sql.of(
        "INSERT INTO message (campaign, run, seq, user_key, address, control, variant,"
            + " suppression, planned_at, not_before, first_message) SELECT {}, {}, ({} + row_number() OVER (ORDER"
            + " BY not_before NULLS FIRST, place) - 1)::INTEGER, user_key, address, control, variant,"
            + " suppression, {}, not_before, first_message FROM (SELECT *, row_number() OVER () AS place, "
            + ONE_AN_ADDRESS
            + " AS suppression FROM (SELECT * FROM ({}) ORDER BY {}, reason IS NOT NULL,"
            + " user_key))",
        Sql.value(order.campaign()),
        Sql.value(order.run()),
        Sql.value((long) firstSeq),
        Sql.value(ZoneSql.kept(order.at())),
        Sql.value(SuppressionReason.DUPLICATE_ADDRESS.key()),
        timed(order, times, zones),
        shuffled(order));
  }

  /** The audience with each user's moment; whose time has passed is suppressed last of all. */
  private static Sql timed(PlanOrder order, UserTimes times, Map<String, ZoneId> zones) {
    Instant planning = order.at();
    String texts =
        zones.keySet().stream().map(JsonText::quoted).collect(Collectors.joining(",", "[", "]"));
    String moments =
        zones.values().stream()
            .map(zone -> ZoneSql.json(times.moment(zone, planning)))
            .collect(Collectors.joining(",", "[", "]"));
    return Sql.of(
        "SELECT a.* EXCLUDE (reason, zone), coalesce(reason, CASE WHEN not_before IS NULL THEN {}"
            + " END) AS reason FROM (SELECT c.*, CASE WHEN z.text IS NULL THEN"
            + " json_extract_string({}, '$[0]')::TIMESTAMP ELSE z.moment END AS not_before FROM"
            + " ({}) c LEFT JOIN (SELECT unnest(from_json({}, '[\"VARCHAR\"]')) AS text,"
            + " unnest(from_json({}, '[\"TIMESTAMP\"]')) AS moment) z ON z.text = c.zone) a",
        Sql.value(SuppressionReason.TIME_PASSED.key()),
        Sql.value("[" + ZoneSql.json(times.moment(null, planning)) + "]"),
        chosen(order),
        Sql.value(texts),
        Sql.value(moments));
  }

  private static Sql shuffled(PlanOrder order) {
    return Sql.of(
        "hash(xor(" + Reachability.addressKey(order.audience().channel()) + ", {}))",
        Sql.value(salt(order)));
  }

  /** The audience with what each user by himself settles. */
  private static Sql chosen(PlanOrder order) {
    return Sql.of(
        "SELECT s.*, {} AS variant, first_message FROM ({}) s LEFT JOIN (SELECT user_key,"
            + " min(coalesce(first_message, seq)) AS first_message FROM message WHERE campaign = {}"
            + " GROUP BY user_key) earlier USING (user_key)",
        VariantSql.variant(order),
        settled(order),
        Sql.value(order.campaign()));
  }

  private static Sql settled(PlanOrder order) {
    Audience audience = order.audience();
    return Sql.of(
        "SELECT user_key, "
            + Reachability.address(audience.channel())
            + " AS address, {} AS control, "
            + (order.userTimes() == null ? "" : ZoneSql.text("properties") + " AS zone, ")
            + "CASE WHEN phone_state = 0 THEN {}"
            + " WHEN phone_state = 2 THEN {} WHEN {} THEN {} END AS reason FROM ({})",
        control(order),
        Sql.value(SuppressionReason.NO_ADDRESS.key()),
        Sql.value(SuppressionReason.INVALID_ADDRESS.key()),
        Reachability.unsubscribed(audience.channel()),
        Sql.value(SuppressionReason.UNSUBSCRIBED.key()),
        AudienceSql.select("*", audience.who(), audience.evaluation()));
  }

  /** Another order for each run; the multipliers are odd and their bits without pattern. */
  private static long salt(PlanOrder order) {
    return (order.campaign() * 0x9e3779b97f4a7c15L + order.run() * 0xbf58476d1ce4e5b9L) >>> 1;
  }

  /**
   * Whether the user is held out: {@link Draw#bucket} in SQL. The product is below 2^124; modulo
   * 2^61 - 1 it is the sum of its low 61 bits and the rest, which fits 64 bits. (A 128-bit division
   * would take thirty times as long.)
   */
  static Sql control(PlanOrder order) {
    Draw own = Draw.of(order.campaign(), Draw.Purpose.CONTROL_GROUP);
    ControlShares shares = order.control();
    if (shares.system() == 0) {
      return heldOut(own, shares.own());
    }
    Sql system = systemControl(shares.system());
    return shares.own() == 0 ? system : Sql.of("({} OR {})", heldOut(own, shares.own()), system);
  }

  /** Whether the user is of the system control group of this size. */
  public static Sql systemControl(int percent) {
    return heldOut(Draw.OF_SYSTEM_CONTROL_GROUP, percent);
  }

  private static Sql heldOut(Draw draw, int percent) {
    return percent == 0
        ? Sql.FALSE
        : Sql.of("{} < {}", bucket(draw), Sql.value((long) percent * Draw.BUCKETS / 100));
  }

  /** The user's bucket in a draw. */
  static Sql bucket(Draw draw) {
    Sql drawn =
        Sql.of(
            "({}::HUGEINT * user_key + {}::HUGEINT)",
            Sql.value(draw.multiplier()),
            Sql.value(draw.addend()));
    Sql prime = Sql.value(Draw.PRIME);
    return Sql.of(
        "((({} & {}::HUGEINT)::UBIGINT + ({} >> 61)::UBIGINT) % {}::UBIGINT % {}::UBIGINT)",
        drawn, prime, drawn, prime, Sql.value((long) Draw.BUCKETS));
  }
}
