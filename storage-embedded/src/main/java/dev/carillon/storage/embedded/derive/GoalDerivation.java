package dev.carillon.storage.embedded.derive;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactKindSql;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.duckdb.Staging;
import dev.carillon.storage.embedded.tables.ApplyProgress;
import dev.carillon.storage.embedded.tables.CampaignCache;
import dev.carillon.storage.embedded.tables.EventTable;
import dev.carillon.storage.embedded.tables.EventsAhead;
import dev.carillon.storage.embedded.tables.GoalConditions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.duckdb.DuckDBAppender;

/**
 * Finds the goal events in the windows of messages: new events against all sends, new sends against
 * the events before, and users who became one against each other; and which of them lie at or after
 * a view or a click, whichever comes last. An event that lies ahead is new when its time has come.
 * For the applier's thread alone.
 */
final class GoalDerivation {
  /** What was found. */
  record Found(List<Fact> facts, List<GoalEvent> goalEvents) {}

  /**
   * A search for goal events of one campaign.
   *
   * @param events the table of events to look through
   * @param sends the table of sends to look through
   * @param which a condition that picks the events {@code e}
   */
  private record Search(
      CampaignCache.Planned campaign, String events, String sends, String which) {}

  private final CampaignCache campaigns;

  GoalDerivation(CampaignCache campaigns) {
    this.campaigns = campaigns;
  }

  /**
   * @param events names and times of the new events, but for those that lie ahead
   * @param sends first and last of the new sends, by campaign; they are in {@code new_send}
   * @param joined users that got records of another
   * @param facts the new facts, which are in the store already
   */
  Found derive(
      DuckSession session,
      Map<String, EventTable.Arrived> events,
      Map<Integer, EventTable.Arrived> sends,
      Set<Long> joined,
      List<Fact> facts,
      ApplyProgress progress)
      throws SQLException {
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    afterOldGoalEvents(session, facts, found, progress);
    if (events.isEmpty() && sends.isEmpty() && joined.isEmpty()) {
      return found;
    }
    List<Search> searches =
        ofEvents(
            session, events, "e.pos > " + progress.rowBefore() + " AND " + EventsAhead.NOT_AHEAD);
    for (Map.Entry<Integer, EventTable.Arrived> send : sends.entrySet()) {
      CampaignCache.Planned campaign = campaigns.planned(session, send.getKey());
      if (campaign != null && campaign.goal != null) {
        searches.add(
            new Search(
                campaign,
                "event",
                "new_send",
                "e.pos <= "
                    + progress.rowBefore()
                    + " AND e.\"at\" >= make_timestamp("
                    + send.getValue().fromMicros()
                    + ") AND "
                    + EventsAhead.NOT_AHEAD));
      }
    }
    if (!joined.isEmpty()) {
      Staging.keys(session, joined);
      for (CampaignCache.Planned campaign : campaigns.withGoal(session)) {
        searches.add(
            new Search(
                campaign,
                "event",
                "send",
                "e.user_key IN (SELECT k FROM stage_key) AND " + EventsAhead.NOT_AHEAD));
      }
    }
    find(session, searches, found, progress);
    return found;
  }

  /**
   * Derives what follows from events whose time has come; their rows' numbers are in {@code
   * stage_key}.
   *
   * @param events their names and times
   */
  Found deriveDue(
      DuckSession session, Map<String, EventTable.Arrived> events, ApplyProgress progress)
      throws SQLException {
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    find(session, ofEvents(session, events, "e.pos IN (SELECT k FROM stage_key)"), found, progress);
    return found;
  }

  /**
   * Searches for some events in the windows of all sends.
   *
   * @param events their names and times
   * @param which a condition that picks them among the events {@code e}
   */
  private List<Search> ofEvents(
      DuckSession session, Map<String, EventTable.Arrived> events, String which)
      throws SQLException {
    List<Search> searches = new ArrayList<>();
    for (Map.Entry<String, EventTable.Arrived> event : events.entrySet()) {
      EventTable.Arrived when = event.getValue();
      for (CampaignCache.Planned campaign :
          campaigns.withGoal(session, event.getKey(), when.fromMicros(), when.toMicros())) {
        searches.add(new Search(campaign, "new_event", "send", "TRUE"));
      }
    }
    if (!searches.isEmpty()) {
      // a table of their own, so that DuckDB knows how few they are
      session.execute(
          "CREATE OR REPLACE TEMP TABLE new_event AS SELECT * FROM event e WHERE "
              + which
              + " AND name IN (SELECT event FROM goal)");
    }
    return searches;
  }

  private void find(DuckSession session, List<Search> searches, Found found, ApplyProgress progress)
      throws SQLException {
    if (search(session, searches)) {
      write(session, found, progress);
      for (GoalEvent event : found.goalEvents()) {
        CampaignCache.Page page = campaigns.page(session, event.campaign());
        if (page != null) {
          page.converted.add(event.seq());
        }
      }
    }
  }

  /** Collects the goal events of all searches in {@code goal_candidate}; false without any. */
  private static boolean search(DuckSession session, List<Search> searches) throws SQLException {
    if (searches.isEmpty()) {
      return false;
    }
    session.execute(
        """
        CREATE OR REPLACE TEMP TABLE goal_candidate (
          campaign INTEGER, seq INTEGER, sent_at TIMESTAMP, event_id BIGINT, "at" TIMESTAMP,
          received_at TIMESTAMP, revenue VARCHAR)\
        """);
    boolean any = false;
    for (Search search : searches) {
      any |= candidates(session, search);
    }
    return any;
  }

  private static boolean candidates(DuckSession session, Search search) throws SQLException {
    CampaignCache.StoredGoal goal = search.campaign().goal;
    GoalConditions conditions = search.campaign().conditions;
    if (goal == null || conditions == null) {
      return false;
    }
    String sql =
        "INSERT INTO goal_candidate"
            + " SELECT s.campaign, s.seq, s.\"at\", e.event_id, e.\"at\", e.received_at, "
            + conditions.revenue()
            + " FROM "
            + search.events()
            + " e JOIN "
            + search.sends()
            + " s ON s.user_key = e.user_key"
            + " WHERE s.campaign = ? AND e.name = ? AND e.\"at\" >= s.\"at\""
            + " AND e.\"at\" < s.\"at\" + to_microseconds(?) AND "
            + search.which()
            + conditions.where();
    return session.update(
            sql,
            conditions.parameters(search.campaign().campaign, goal.event(), goal.windowMicros()))
        > 0;
  }

  /** Every message whose window holds an event gets it; readers count it once a user. */
  private static void write(DuckSession session, Found found, ApplyProgress progress)
      throws SQLException {
    session.execute(
        """
        CREATE OR REPLACE TEMP TABLE new_goal_event AS
        SELECT DISTINCT ON (c.campaign, c.seq, c.event_id) c.* FROM goal_candidate c
        ANTI JOIN conversion k ON k.campaign = c.campaign AND k.seq = c.seq
          AND k.event_id = c.event_id
        ORDER BY c.campaign, c.event_id, c.sent_at, c.seq\
        """);
    session.each(
        "SELECT campaign, seq, event_id, \"at\", received_at, revenue FROM new_goal_event",
        row -> {
          Instant at = DuckSession.instant(row, "at");
          GoalEvent event =
              new GoalEvent(
                  row.getInt(1),
                  row.getInt(2),
                  row.getLong(3),
                  at,
                  GoalConditions.micros(row.getString(6)));
          found.goalEvents().add(event);
          found
              .facts()
              .add(fact(event, FactKind.CONVERTED, DuckSession.instant(row, "received_at")));
        });
    try (DuckDBAppender appender = session.appender("conversion")) {
      for (GoalEvent event : found.goalEvents()) {
        appender
            .beginRow()
            .append(progress.nextRow())
            .append(event.campaign())
            .append(event.seq())
            .append(event.eventId())
            .appendEpochMicros(Micros.of(event.at()))
            .append(event.revenueMicros())
            .endRow();
      }
      appender.flush();
    }
    session.each(
        FactKindSql.coded(
            """
        SELECT DISTINCT c.campaign, c.seq, c.event_id, c."at", c.received_at, f.kind
        FROM new_goal_event c JOIN fact f ON f.campaign = c.campaign AND f.seq = c.seq
        WHERE f.kind IN ({VIEWED}, {CLICKED}) AND f."at" <= c."at"
        """),
        row -> found.facts().add(after(row)));
    shared(session, found);
  }

  /** Goal events that count for several campaigns now, told of to each that did not know. */
  private static void shared(DuckSession session, Found found) throws SQLException {
    session.each(
        FactKindSql.coded(
            """
        WITH several AS (
          SELECT event_id FROM conversion
          WHERE event_id IN (SELECT event_id FROM new_goal_event)
          GROUP BY event_id HAVING count(DISTINCT campaign) > 1)
        SELECT c.campaign, c.seq, c.event_id, c."at", n.received_at
        FROM conversion c JOIN several USING (event_id)
        JOIN (SELECT event_id, min(received_at) AS received_at FROM new_goal_event
              GROUP BY event_id) n USING (event_id)
        ANTI JOIN fact f ON f.campaign = c.campaign AND f.seq = c.seq AND f.kind = {CONVERSION_SHARED}
          AND f.event = c.event_id::VARCHAR\
        """),
        row ->
            found
                .facts()
                .add(
                    fact(
                        event(row),
                        FactKind.CONVERSION_SHARED,
                        DuckSession.instant(row, "received_at"))));
  }

  /** Views and clicks that come in when the goal event that followed them is there already. */
  private void afterOldGoalEvents(
      DuckSession session, List<Fact> facts, Found found, ApplyProgress progress)
      throws SQLException {
    TreeSet<Integer> touched = new TreeSet<>();
    for (Fact fact : facts) {
      if (fact.kind() == FactKind.VIEWED || fact.kind() == FactKind.CLICKED) {
        CampaignCache.Page page = campaigns.page(session, fact.campaign());
        if (page != null && page.converted.contains(fact.seq())) {
          touched.add(fact.campaign());
        }
      }
    }
    for (int campaign : touched) {
      session.each(
          FactKindSql.coded(
              """
          SELECT c.campaign, c.seq, c.event_id, c."at", min(f.received_at) AS received_at, f.kind
          FROM fact f JOIN conversion c ON c.campaign = f.campaign AND c.seq = f.seq
          WHERE f.pos > ? AND f.campaign = ? AND f.kind IN ({VIEWED}, {CLICKED}) AND f."at" <= c."at"
            AND NOT EXISTS (FROM fact k WHERE k.campaign = ? AND k.seq = c.seq
              AND k.kind = CASE f.kind WHEN {VIEWED} THEN {VIEW_CONVERTED} ELSE {CLICK_CONVERTED} END
              AND k.event = c.event_id::VARCHAR)
          GROUP BY c.campaign, c.seq, c.event_id, c."at", f.kind\
          """),
          row -> found.facts().add(after(row)),
          progress.rowBefore(),
          campaign,
          campaign);
    }
  }

  private static GoalEvent event(java.sql.ResultSet row) throws SQLException {
    return new GoalEvent(
        row.getInt("campaign"),
        row.getInt("seq"),
        row.getLong("event_id"),
        DuckSession.instant(row, "at"),
        0);
  }

  private static Fact after(java.sql.ResultSet row) throws SQLException {
    FactKind kind =
        FactKind.ofCode(row.getInt("kind")) == FactKind.VIEWED
            ? FactKind.VIEW_CONVERTED
            : FactKind.CLICK_CONVERTED;
    return fact(event(row), kind, DuckSession.instant(row, "received_at"));
  }

  private static Fact fact(GoalEvent event, FactKind kind, Instant receivedAt) {
    return new Fact(
        event.campaign(),
        event.seq(),
        kind,
        null,
        Long.toString(event.eventId()),
        event.at(),
        receivedAt,
        null,
        0);
  }
}
