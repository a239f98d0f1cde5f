package dev.carillon.storage.embedded.facts;

import dev.carillon.core.Channel;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What the applier must know of each planned campaign at every batch: its channel, its goal, and
 * which of its messages were sent, were refused or converted. Made from the tables, and thrown away
 * when a transaction fails. For the applier's thread alone.
 */
final class CampaignBook {

  /**
   * A goal as it is stored.
   *
   * @param where the property conditions, as {@link GoalConditions} writes them
   * @param zone the account's zone when the goal was set, for days in conditions
   */
  record StoredGoal(
      String event,
      String where,
      ZoneId zone,
      long windowMicros,
      @Nullable String revenueProperty) {}

  /** One campaign. */
  static final class Page {
    final int campaign;
    final Channel channel;
    final @Nullable StoredGoal goal;
    final @Nullable GoalConditions conditions;
    final RoaringBitmap sent = new RoaringBitmap();
    final RoaringBitmap refused = new RoaringBitmap();
    final RoaringBitmap converted = new RoaringBitmap();

    /** The messages of users who were deleted. */
    final RoaringBitmap erased = new RoaringBitmap();

    long firstSend = Long.MAX_VALUE;
    long lastSend = Long.MIN_VALUE;

    private Page(int campaign, Channel channel, @Nullable StoredGoal goal) {
      this.campaign = campaign;
      this.channel = channel;
      this.goal = goal;
      this.conditions = goal == null ? null : GoalConditions.of(goal);
    }

    void sent(int seq, long at) {
      sent.add(seq);
      firstSend = Math.min(firstSend, at);
      lastSend = Math.max(lastSend, at);
    }
  }

  private final Map<Integer, Page> pages = new HashMap<>();
  private final Map<String, List<Integer>> goalsByEvent = new HashMap<>();
  private final PlanBoard board;
  private int goalsAsOf = -1;

  CampaignBook(PlanBoard board) {
    this.board = board;
  }

  /** The campaign's page; null for one that is not planned. */
  @Nullable Page page(DuckSession session, int campaign) throws SQLException {
    Page page = pages.get(campaign);
    if (page == null) {
      page = load(session, campaign);
      if (page != null) {
        pages.put(campaign, page);
      }
    }
    return page;
  }

  /** The campaigns with a goal of this event whose windows may hold one of these moments. */
  List<Page> withGoal(DuckSession session, String event, long fromMicros, long toMicros)
      throws SQLException {
    ArrayList<Page> fitting = new ArrayList<>();
    for (int campaign : goals(session).getOrDefault(event, List.of())) {
      Page page = page(session, campaign);
      if (page != null
          && page.goal != null
          && page.firstSend <= toMicros
          && fromMicros - page.goal.windowMicros() < page.lastSend) {
        fitting.add(page);
      }
    }
    return fitting;
  }

  /** All campaigns with a goal. */
  List<Page> withGoal(DuckSession session) throws SQLException {
    ArrayList<Page> all = new ArrayList<>();
    for (List<Integer> campaigns : goals(session).values()) {
      for (int campaign : campaigns) {
        Page page = page(session, campaign);
        if (page != null) {
          all.add(page);
        }
      }
    }
    return all;
  }

  private Map<String, List<Integer>> goals(DuckSession session) throws SQLException {
    int now = board.plans();
    if (goalsAsOf != now) {
      goalsByEvent.clear();
      session.each(
          "SELECT event, campaign FROM goal ORDER BY campaign",
          row ->
              goalsByEvent
                  .computeIfAbsent(row.getString(1), any -> new ArrayList<>())
                  .add(row.getInt(2)));
      goalsAsOf = now;
    }
    return goalsByEvent;
  }

  void forget() {
    pages.clear();
    goalsAsOf = -1;
  }

  private static @Nullable Page load(DuckSession session, int campaign) throws SQLException {
    String channel =
        session
            .first("SELECT channel FROM run WHERE campaign = ?", row -> row.getString(1), campaign)
            .orElse(null);
    if (channel == null) {
      return null;
    }
    StoredGoal goal =
        session
            .first(
                "SELECT event, where_json, zone, window_micros, revenue_property FROM goal "
                    + "WHERE campaign = ?",
                row ->
                    new StoredGoal(
                        row.getString(1),
                        row.getString(2),
                        ZoneId.of(row.getString(3)),
                        row.getLong(4),
                        row.getString(5)),
                campaign)
            .orElse(null);
    Page page = new Page(campaign, Channel.ofKey(channel).orElseThrow(), goal);
    session.chunks(
        "SELECT seq, epoch_us(\"at\") FROM send WHERE campaign = ?",
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            page.sent(chunk.vector(0).getInt(i), chunk.vector(1).getLong(i));
          }
        },
        campaign);
    addSeqs(session, "SELECT seq FROM fact WHERE campaign = ? AND kind = 5", page.refused, page);
    addSeqs(session, "SELECT seq FROM conversion WHERE campaign = ?", page.converted, page);
    addSeqs(
        session, "SELECT seq FROM message WHERE campaign = ? AND user_key < 0", page.erased, page);
    return page;
  }

  private static void addSeqs(DuckSession session, String sql, RoaringBitmap to, Page page)
      throws SQLException {
    session.chunks(
        sql,
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            to.add(chunk.vector(0).getInt(i));
          }
        },
        page.campaign);
  }
}
