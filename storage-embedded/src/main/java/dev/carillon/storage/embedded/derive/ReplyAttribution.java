package dev.carillon.storage.embedded.derive;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.storage.embedded.callbacks.AddressAliases.Named;
import dev.carillon.storage.embedded.callbacks.CallbackTables;
import dev.carillon.storage.embedded.callbacks.StatusMatching;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactKindSql;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.duckdb.Staging;
import dev.carillon.storage.embedded.duckdb.TextHash;
import dev.carillon.storage.embedded.tables.ApplyBatch;
import dev.carillon.storage.embedded.tables.ApplyProgress;
import dev.carillon.storage.embedded.tables.CampaignCache;
import dev.carillon.storage.embedded.tables.FactTable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages that people reply to: the last one of the channel that was attempted to the
 * address when the reply was written, and was not refused; and the one that the reply names. What
 * finds no message is tried again when one is sent to the address, when the address gets another
 * name, when the sender gets to be known, or when the provider's id of the message does. A reply to
 * a message that turns out to have been refused goes to the one before; the fact at the refused
 * message stays, and readers leave refused messages out of Replied. For the applier's thread alone.
 */
final class ReplyAttribution {
  private record Reply(
      long pos,
      Channel channel,
      String messageId,
      String number,
      Instant at,
      Instant receivedAt,
      @Nullable String text,
      long inbox) {
    Fact fact(FactKind kind, int campaign, int seq) {
      return new Fact(campaign, seq, kind, null, messageId, at, receivedAt, text, inbox);
    }
  }

  private record Target(int campaign, int seq) {}

  private static final String REPLY =
      """
      SELECT i.pos, i.channel, i.message_id, i.address_hash, i."at", i.received_at, i.text, i.inbox
      FROM incoming i WHERE i.reply AND
      """;

  private final CampaignCache campaigns;
  private final CallbackTables callbacks;
  private boolean any = true;

  ReplyAttribution(CampaignCache campaigns, CallbackTables callbacks) {
    this.campaigns = campaigns;
    this.callbacks = callbacks;
  }

  void forget() {
    any = true;
  }

  /**
   * The facts that replies bring now.
   *
   * @param sends whether {@code new_send} holds new sends
   * @param learnt whether {@code fresh_id} holds ids of people that got to be known
   */
  List<Fact> attribute(
      DuckSession session, ApplyBatch batch, boolean sends, boolean learnt, ApplyProgress progress)
      throws SQLException {
    campaigns.refused(batch.facts);
    ArrayList<Fact> facts = new ArrayList<>();
    if (any && batch.incoming.isEmpty()) {
      any = session.number("SELECT count(*) FROM incoming") > 0;
    }
    any |= !batch.incoming.isEmpty();
    if (!any) {
      return facts;
    }
    List<Reply> open = open(session, batch, sends, learnt, progress);
    if (!open.isEmpty()) {
      toLast(session, open, facts);
    }
    inContext(session, batch, facts, progress);
    return facts;
  }

  /** The replies whose message is to be looked for now. */
  private List<Reply> open(
      DuckSession session, ApplyBatch batch, boolean sends, boolean learnt, ApplyProgress progress)
      throws SQLException {
    Map<Long, Reply> open = new LinkedHashMap<>();
    if (!batch.incoming.isEmpty()) {
      collect(session, open, "i.pos > " + progress.rowBefore());
    }
    if (sends) {
      collect(
          session,
          open,
          """
          i.campaign IS NULL AND (i.address_hash IN (SELECT address_hash FROM new_send)
            OR i.address_hash IN (SELECT TRY_CAST(a.provider_address AS BIGINT)
              FROM address_alias a
              WHERE TRY_CAST(a.address AS BIGINT) IN (SELECT address_hash FROM new_send)))\
          """);
    }
    List<Long> spelled =
        CallbackTables.spellings(batch.aliases).stream()
            .map(alias -> TextHash.number(alias.providerAddress()))
            .toList();
    if (!spelled.isEmpty()) {
      Staging.keys(session, spelled);
      collect(session, open, "i.campaign IS NULL AND i.address_hash IN (SELECT k FROM stage_key)");
    }
    if (learnt) {
      collect(
          session,
          open,
          "i.campaign IS NULL AND (i.channel, i.sender) IN (SELECT (channel, name) FROM fresh_id)");
    }
    if (batch.facts.stream().anyMatch(fact -> fact.kind() == FactKind.REFUSED)) {
      collect(
          session,
          open,
          FactKindSql.coded(
                  """
          (i.campaign, i.seq) IN (SELECT (f.campaign, f.seq) FROM fact f
            WHERE f.kind = {REFUSED} AND f.pos >\
          """)
              + progress.rowBefore()
              + ")");
    }
    return List.copyOf(open.values());
  }

  private static void collect(DuckSession session, Map<Long, Reply> open, String which)
      throws SQLException {
    session.each(REPLY + which, row -> open.put(row.getLong("pos"), read(row)));
  }

  private static Reply read(java.sql.ResultSet row) throws SQLException {
    return new Reply(
        row.getLong("pos"),
        Channel.ofKey(row.getString("channel")).orElseThrow(),
        row.getString("message_id"),
        row.getString("address_hash"),
        DuckSession.instant(row, "at"),
        DuckSession.instant(row, "received_at"),
        row.getString("text"),
        row.getLong("inbox"));
  }

  private void toLast(DuckSession session, List<Reply> open, List<Fact> facts) throws SQLException {
    stage(session, open);
    Map<Long, Reply> byPos = new HashMap<>();
    open.forEach(reply -> byPos.put(reply.pos(), reply));
    Map<Long, Target> targets = new HashMap<>();
    session.each(
        """
        SELECT r.pos, s.campaign, s.seq
        FROM stage_reply r JOIN send s ON s.address_hash = r.address_hash AND s."at" <= r."at"
        WHERE NOT s.control
        ORDER BY r.pos, s."at" DESC, s.campaign DESC, s.seq DESC\
        """,
        row -> {
          Reply reply = byPos.get(row.getLong(1));
          CampaignCache.Page page = campaigns.page(session, row.getInt(2));
          int seq = row.getInt(3);
          if (reply != null
              && page != null
              && page.channel == reply.channel()
              && !page.refused.contains(seq)) {
            targets.putIfAbsent(reply.pos(), new Target(page.campaign, seq));
          }
        });
    for (Reply reply : open) {
      Target target = targets.get(reply.pos());
      if (target != null) {
        facts.add(reply.fact(FactKind.REPLIED, target.campaign(), target.seq()));
      }
    }
    note(session, open, targets);
  }

  private static void note(DuckSession session, List<Reply> open, Map<Long, Target> targets)
      throws SQLException {
    session.execute(
        "CREATE OR REPLACE TEMP TABLE stage_target (pos BIGINT, campaign INTEGER, seq INTEGER)");
    try (DuckDBAppender appender = session.temporaryAppender("stage_target")) {
      for (Reply reply : open) {
        Target target = targets.get(reply.pos());
        appender
            .beginRow()
            .append(reply.pos())
            .append(target == null ? null : (Integer) target.campaign())
            .append(target == null ? null : (Integer) target.seq())
            .endRow();
      }
      appender.flush();
    }
    session.execute(
        """
        UPDATE incoming SET campaign = t.campaign, seq = t.seq FROM stage_target t
        WHERE incoming.pos = t.pos
          AND (incoming.campaign IS DISTINCT FROM t.campaign OR incoming.seq IS DISTINCT FROM t.seq)\
        """);
  }

  private void stage(DuckSession session, List<Reply> open) throws SQLException {
    Map<Named, Set<String>> names =
        callbacks.aliases().of(session, open.stream().map(ReplyAttribution::named).toList());
    session.execute(
        """
        CREATE OR REPLACE TEMP TABLE stage_reply (
          pos BIGINT, address_hash BIGINT, "at" TIMESTAMP)\
        """);
    try (DuckDBAppender appender = session.temporaryAppender("stage_reply")) {
      for (Reply reply : open) {
        Set<String> addresses = new HashSet<>(names.getOrDefault(named(reply), Set.of()));
        addresses.add(reply.number());
        for (String address : addresses) {
          long key = TextHash.number(address);
          if (key != 0) {
            appender
                .beginRow()
                .append(reply.pos())
                .append(key)
                .appendEpochMicros(Micros.second(Micros.of(reply.at())))
                .endRow();
          }
        }
      }
      appender.flush();
    }
  }

  private static Named named(Reply reply) {
    return new Named(reply.channel(), reply.number());
  }

  private static void inContext(
      DuckSession session, ApplyBatch batch, List<Fact> facts, ApplyProgress progress)
      throws SQLException {
    boolean ids = StatusMatching.ids(batch.facts);
    if (batch.incoming.stream().allMatch(message -> message.contextId() == null) && !ids) {
      return;
    }
    Staging.keys(session, StatusMatching.providerKeys(batch.facts));
    session.execute(
        """
        CREATE OR REPLACE TEMP TABLE in_context AS
        SELECT i.pos, a.campaign, a.seq, 14 AS kind, NULL AS detail, i.message_id AS event, i."at",
          i.received_at, i.text, i.inbox
        FROM incoming i JOIN accepted a ON a.provider_key = i.context_key
        WHERE i.context_campaign IS NULL AND i.reply
          AND (i.context_key IN (SELECT k FROM stage_key) OR i.pos >\
        """
            + progress.rowBefore()
            + ")");
    List<Fact> found = session.list("SELECT DISTINCT * FROM in_context", FactTable::read);
    if (!found.isEmpty()) {
      session.execute(
          """
          UPDATE incoming SET context_campaign = c.campaign, context_seq = c.seq
          FROM (SELECT DISTINCT ON (pos) pos, campaign, seq FROM in_context) c
          WHERE incoming.pos = c.pos\
          """);
      facts.addAll(found);
    }
  }
}
