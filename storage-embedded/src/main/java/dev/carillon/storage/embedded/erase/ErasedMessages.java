package dev.carillon.storage.embedded.erase;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.FactKind.Meaning;
import dev.carillon.storage.embedded.callbacks.CallbackPacks;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactKindSql;
import dev.carillon.storage.embedded.duckdb.Staging;
import dev.carillon.storage.embedded.tables.CampaignCache;
import dev.carillon.storage.embedded.tables.FactTable;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of facts what they tell of the person, where the message's user was deleted: what is
 * counted stays. For the applier's thread alone.
 */
public final class ErasedMessages {
  private final CampaignCache campaigns;
  private final Tombstones tombstones;
  private final Set<Long> callbacks = new HashSet<>();

  public ErasedMessages(CampaignCache campaigns, Tombstones tombstones) {
    this.campaigns = campaigns;
    this.tombstones = tombstones;
  }

  /** The facts as they may be kept. */
  public List<Fact> stripped(DuckSession session, List<Fact> facts) throws SQLException {
    if (tombstones.isEmpty()) {
      return facts;
    }
    ArrayList<Fact> kept = new ArrayList<>(facts.size());
    for (Fact fact : facts) {
      CampaignCache.Page page = campaigns.page(session, fact.campaign());
      kept.add(page != null && page.erased.contains(fact.seq()) ? stripped(session, fact) : fact);
    }
    return kept;
  }

  /** Marks a raw callback to be deleted; 0 is none. */
  void tellsOf(long inbox) {
    if (inbox > 0) {
      callbacks.add(inbox);
    }
  }

  private Fact stripped(DuckSession session, Fact fact) throws SQLException {
    tellsOf(fact.inbox());
    return new Fact(
        fact.campaign(),
        fact.seq(),
        fact.kind(),
        fact.detail(),
        event(fact.kind(), fact.event()),
        fact.at(),
        fact.receivedAt(),
        text(session, fact.kind(), fact.text()),
        0);
  }

  /** A provider's id may hold the address; of replies, only that they are several counts. */
  private @Nullable String event(FactKind kind, @Nullable String event) {
    if (event == null || kind.has(Meaning.PROVIDER_ID)) {
      return null;
    }
    return kind.has(Meaning.INCOMING_ID) ? Long.toHexString(tombstones.hash(event)) : event;
  }

  /** Of texts only the words for an error are counted with, and may stay unless they name him. */
  private @Nullable String text(DuckSession session, FactKind kind, @Nullable String text)
      throws SQLException {
    return kind.has(Meaning.WORDS)
            && text != null
            && tombstones.named(session, text.getBytes(StandardCharsets.UTF_8)).isEmpty()
        ? text
        : null;
  }

  /** Rewrites the facts of a message whose user is deleted now. */
  void strip(DuckSession session) throws SQLException {
    record Kept(long pos, Fact before, Fact after) {}
    List<Kept> changed = new ArrayList<>();
    session.each(
        FactKindSql.coded(
            """
        SELECT f.* FROM fact f JOIN erased_message e ON e.campaign = f.campaign AND e.seq = f.seq
        WHERE f.text IS NOT NULL OR f.inbox <> 0 OR f.kind IN ({PROVIDER_ID}, {INCOMING_ID})\
        """),
        row -> {
          Fact fact = FactTable.read(row);
          changed.add(new Kept(row.getLong("pos"), fact, stripped(session, fact)));
        });
    for (Kept kept : changed) {
      if (!kept.before().equals(kept.after())) {
        session.update(
            "UPDATE fact SET event = ?, text = ?, inbox = 0 WHERE pos = ?",
            kept.after().event(),
            kept.after().text(),
            kept.pos());
      }
    }
  }

  /** Deletes raw callbacks: those given, and those that are marked. */
  public void dropCallbacks(DuckSession session, Set<Long> more) throws SQLException {
    callbacks.addAll(more);
    if (callbacks.isEmpty()) {
      return;
    }
    Staging.keys(session, callbacks);
    CallbackPacks.deleteStaged(session, callbacks);
    session.execute(
        """
        UPDATE unmatched SET provider_message_id = '', text = NULL, inbox = 0
        WHERE inbox IN (SELECT k FROM stage_key)\
        """);
    callbacks.clear();
  }

  public void rolledBack() {
    callbacks.clear();
  }
}
