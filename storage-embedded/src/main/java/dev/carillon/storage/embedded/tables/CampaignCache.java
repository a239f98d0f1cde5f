package dev.carillon.storage.embedded.tables;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactKindSql;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What the applier must know of each planned campaign at every batch: its channel, its goal, and
 * which of its messages were sent, were refused or converted. Made from the tables, and thrown away
 * when a transaction fails. Between transactions the sets of campaigns that were not needed for
 * longest are let go when all take too much memory; they are made again when needed. For the
 * applier's thread alone.
 */
public final class CampaignCache {
  /** Sets also grow after they were made, so they are measured again after so many transactions. */
  private static final int MEASURED_EVERY = 256;

  /**
   * A goal as it is stored.
   *
   * @param where the property conditions, as {@link GoalConditions} writes them
   * @param zone the account's zone when the goal was set, for days in conditions
   * @param trustedOnly whether events of keys in apps and pages do not count
   */
  public record StoredGoal(
      String event,
      String where,
      ZoneId zone,
      long windowMicros,
      @Nullable String revenueProperty,
      boolean trustedOnly) {}

  /** What a campaign is and when its messages were sent, in few bytes. */
  public static final class Planned {
    public final int campaign;
    final Channel channel;
    public final @Nullable StoredGoal goal;
    public final @Nullable GoalConditions conditions;
    private long firstSend = Long.MAX_VALUE;
    private long lastSend = Long.MIN_VALUE;

    private Planned(int campaign, Channel channel, @Nullable StoredGoal goal) {
      this.campaign = campaign;
      this.channel = channel;
      this.goal = goal;
      this.conditions = goal == null ? null : GoalConditions.of(goal);
    }

    private void sentWithin(long from, long to) {
      firstSend = Math.min(firstSend, from);
      lastSend = Math.max(lastSend, to);
    }

    /** Whether the window of one of its messages may hold one of these moments. */
    private boolean mayHold(long fromMicros, long toMicros) {
      return goal != null && firstSend <= toMicros && fromMicros - goal.windowMicros() < lastSend;
    }
  }

  /** One campaign's messages. */
  public static final class Page {
    public final int campaign;
    public final Channel channel;
    private final Planned planned;
    final RoaringBitmap sent = new RoaringBitmap();
    public final RoaringBitmap refused = new RoaringBitmap();
    public final RoaringBitmap converted = new RoaringBitmap();

    /** The messages of users who were deleted. */
    public final RoaringBitmap erased = new RoaringBitmap();

    private Page(Planned planned) {
      this.planned = planned;
      this.campaign = planned.campaign;
      this.channel = planned.channel;
    }

    void sent(int seq, long at) {
      sent.add(seq);
      planned.sentWithin(at, at);
    }

    private long bytes() {
      return sent.getLongSizeInBytes()
          + refused.getLongSizeInBytes()
          + converted.getLongSizeInBytes()
          + erased.getLongSizeInBytes();
    }
  }

  private final Map<Integer, Planned> planned = new HashMap<>();

  /** The one not needed for longest is first. */
  private final Map<Integer, Page> pages = new LinkedHashMap<>(16, 0.75f, true);

  private final Map<String, List<Integer>> goalsByEvent = new HashMap<>();
  private final PlanningState board;
  private final long mostBytes;
  private int goalsAsOf = -1;
  private int transactions;
  private boolean grown;

  /**
   * @param mostBytes how much memory the sets of all campaigns may take between transactions
   */
  public CampaignCache(PlanningState board, long mostBytes) {
    this.board = board;
    this.mostBytes = mostBytes;
  }

  /** Notes refusals on the pages at hand; others read them from the table when they are made. */
  public void refused(List<Fact> facts) {
    for (Fact fact : facts) {
      Page page = fact.kind() == FactKind.REFUSED ? pages.get(fact.campaign()) : null;
      if (page != null) {
        page.refused.add(fact.seq());
      }
    }
  }

  /** The campaign's page; null for one that is not planned. */
  public @Nullable Page page(DuckSession session, int campaign) throws SQLException {
    Page page = pages.get(campaign);
    if (page == null) {
      Planned known = planned(session, campaign);
      if (known != null) {
        page = load(session, known);
        pages.put(campaign, page);
        grown = true;
      }
    }
    return page;
  }

  /** The campaign; null for one that is not planned. */
  public @Nullable Planned planned(DuckSession session, int campaign) throws SQLException {
    Planned known = planned.get(campaign);
    if (known == null) {
      known = find(session, campaign);
      if (known != null) {
        planned.put(campaign, known);
      }
    }
    return known;
  }

  /** The campaigns with a goal of this event whose windows may hold one of these moments. */
  public List<Planned> withGoal(DuckSession session, String event, long fromMicros, long toMicros)
      throws SQLException {
    ArrayList<Planned> fitting = new ArrayList<>();
    for (int campaign : goals(session).getOrDefault(event, List.of())) {
      Planned known = planned(session, campaign);
      if (known != null && known.mayHold(fromMicros, toMicros)) {
        fitting.add(known);
      }
    }
    return fitting;
  }

  /** All campaigns with a goal. */
  public List<Planned> withGoal(DuckSession session) throws SQLException {
    ArrayList<Planned> all = new ArrayList<>();
    for (List<Integer> campaigns : goals(session).values()) {
      for (int campaign : campaigns) {
        Planned known = planned(session, campaign);
        if (known != null) {
          all.add(known);
        }
      }
    }
    return all;
  }

  /** A transaction has ended well: lets go what is too much, for the tables hold all of it now. */
  public void committed() {
    transactions++;
    if (!grown && transactions % MEASURED_EVERY != 0) {
      return;
    }
    grown = false;
    long bytes = pages.values().stream().mapToLong(Page::bytes).sum();
    for (Iterator<Page> all = pages.values().iterator(); bytes > mostBytes && all.hasNext(); ) {
      bytes -= all.next().bytes();
      all.remove();
    }
  }

  /** How many campaigns' sets are in memory. */
  int pages() {
    return pages.size();
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

  public void forget() {
    planned.clear();
    pages.clear();
    goalsAsOf = -1;
  }

  private static @Nullable Planned find(DuckSession session, int campaign) throws SQLException {
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
                "SELECT event, where_json, zone, window_micros, revenue_property, trusted_only"
                    + " FROM goal WHERE campaign = ?",
                row ->
                    new StoredGoal(
                        row.getString(1),
                        row.getString(2),
                        ZoneId.of(row.getString(3)),
                        row.getLong(4),
                        row.getString(5),
                        row.getBoolean(6)),
                campaign)
            .orElse(null);
    Planned found = new Planned(campaign, Channel.ofKey(channel).orElseThrow(), goal);
    session.each(
        "SELECT epoch_us(min(\"at\")), epoch_us(max(\"at\")) FROM send WHERE campaign = ?"
            + " HAVING count(*) > 0",
        row -> found.sentWithin(row.getLong(1), row.getLong(2)),
        campaign);
    return found;
  }

  private static Page load(DuckSession session, Planned planned) throws SQLException {
    Page page = new Page(planned);
    session.chunks(
        "SELECT seq, epoch_us(\"at\") FROM send WHERE campaign = ?",
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            page.sent(chunk.vector(0).getInt(i), chunk.vector(1).getLong(i));
          }
        },
        page.campaign);
    addSeqs(
        session,
        FactKindSql.coded("SELECT seq FROM fact WHERE campaign = ? AND kind = {REFUSED}"),
        page.refused,
        page);
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
