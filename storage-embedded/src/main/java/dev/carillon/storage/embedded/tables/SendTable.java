package dev.carillon.storage.embedded.tables;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.duckdb.TextHash;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;

/**
 * Writes rows of {@code send}: the moment at which each message was first attempted or ghost-sent,
 * where its conversion window starts. The first fact that comes decides; intents are durable before
 * their call, so a later one is never earlier. For the applier's thread alone.
 */
public final class SendTable {
  private final CampaignCache campaigns;

  public SendTable(CampaignCache campaigns) {
    this.campaigns = campaigns;
  }

  /**
   * Writes the sends that follow from the facts; they are then also in the temporary table {@code
   * new_send}.
   *
   * @return by campaign, the first and the last of the new sends
   */
  public Map<Integer, EventTable.Arrived> write(DuckSession session, List<Fact> facts)
      throws SQLException {
    List<Fact> first = first(session, facts);
    HashMap<Integer, EventTable.Arrived> arrived = new HashMap<>();
    if (first.isEmpty()) {
      return arrived;
    }
    stage(session, first);
    session.execute(
        """
        CREATE OR REPLACE TEMP TABLE new_send AS
        SELECT s.campaign, s.seq, m.user_key, %s AS address_hash, m.control, s."at"
        FROM stage_send s JOIN message m ON m.campaign = s.campaign AND m.seq = s.seq
        WHERE m.suppression IS NULL AND m.control = s.ghost"""
            .formatted(TextHash.ofAddressSql("m.address")));
    session.execute("INSERT INTO send SELECT * FROM new_send");
    session.chunks(
        "SELECT campaign, seq, epoch_us(\"at\") FROM new_send",
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            int campaign = chunk.vector(0).getInt(i);
            long at = chunk.vector(2).getLong(i);
            CampaignCache.Page page = campaigns.page(session, campaign);
            if (page != null) {
              page.sent(chunk.vector(1).getInt(i), at);
            }
            arrived.merge(campaign, new EventTable.Arrived(at, at), (known, one) -> known.with(at));
          }
        });
    return arrived;
  }

  private List<Fact> first(DuckSession session, List<Fact> facts) throws SQLException {
    ArrayList<Fact> first = new ArrayList<>();
    Set<Long> inBatch = new HashSet<>();
    for (Fact fact : facts) {
      if (fact.kind() != FactKind.ATTEMPTED && fact.kind() != FactKind.GHOST_SENT) {
        continue;
      }
      CampaignCache.Page page = campaigns.page(session, fact.campaign());
      boolean ghost = fact.kind() == FactKind.GHOST_SENT;
      long message = ((long) fact.campaign() << 32 | fact.seq()) * 2 + (ghost ? 1 : 0);
      if (page != null && !page.sent.contains(fact.seq()) && inBatch.add(message)) {
        first.add(fact);
      }
    }
    return first;
  }

  private static void stage(DuckSession session, List<Fact> first) throws SQLException {
    session.execute(
        """
        CREATE OR REPLACE TEMP TABLE stage_send (
          campaign INTEGER, seq INTEGER, ghost BOOLEAN, "at" TIMESTAMP)""");
    try (DuckDBAppender appender = session.temporaryAppender("stage_send")) {
      for (Fact fact : first) {
        appender
            .beginRow()
            .append(fact.campaign())
            .append(fact.seq())
            .append(fact.kind() == FactKind.GHOST_SENT)
            .appendEpochMicros(Micros.second(Micros.of(fact.at())))
            .endRow();
      }
      appender.flush();
    }
  }
}
