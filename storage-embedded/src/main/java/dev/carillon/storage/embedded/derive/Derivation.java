package dev.carillon.storage.embedded.derive;

import dev.carillon.core.message.Fact;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.storage.embedded.callbacks.CallbackTables;
import dev.carillon.storage.embedded.callbacks.StatusMatching;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.erase.ErasedMessages;
import dev.carillon.storage.embedded.tables.ApplyBatch;
import dev.carillon.storage.embedded.tables.ApplyProgress;
import dev.carillon.storage.embedded.tables.CampaignCache;
import dev.carillon.storage.embedded.tables.EventTable;
import dev.carillon.storage.embedded.tables.EventsAhead;
import dev.carillon.storage.embedded.tables.FactTable;
import dev.carillon.storage.embedded.tables.SendTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Derives what follows from a batch and what was there before, in the batch's own transaction, so
 * that nothing can be derived twice or be missed. For the applier's thread alone.
 */
public final class Derivation {
  private final SendTable sends;
  private final StatusMatching statuses;
  private final ReplyAttribution replies;
  private final GoalDerivation goals;
  private final ErasedMessages erased;

  public Derivation(CampaignCache campaigns, CallbackTables callbacks, ErasedMessages erased) {
    this.erased = erased;
    this.sends = new SendTable(campaigns);
    this.statuses = new StatusMatching();
    this.replies = new ReplyAttribution(campaigns, callbacks);
    this.goals = new GoalDerivation(campaigns);
  }

  public void forget() {
    statuses.forget();
    replies.forget();
  }

  /**
   * @param written the batch's facts as they were written
   * @param events names and times of the events that the batch brought
   * @param joined users that got records of another
   * @param learnt whether {@code fresh_id} holds ids of people that got to be known
   */
  public Applied derive(
      DuckSession session,
      ApplyBatch batch,
      List<Fact> written,
      Map<String, EventTable.Arrived> events,
      Set<Long> joined,
      boolean learnt,
      ApplyProgress progress)
      throws SQLException {
    Map<Integer, EventTable.Arrived> sent = sends.write(session, batch.facts);
    List<Fact> derived = new ArrayList<>(statuses.match(session, batch, progress));
    derived.addAll(replies.attribute(session, batch, !sent.isEmpty(), learnt, progress));
    derived = erased.stripped(session, derived);
    FactTable.append(session, derived, progress);
    ArrayList<Fact> facts = new ArrayList<>(written);
    facts.addAll(derived);
    GoalDerivation.Found found = goals.derive(session, events, sent, joined, facts, progress);
    FactTable.append(session, found.facts(), progress);
    facts.addAll(found.facts());
    return new Applied(facts, found.goalEvents());
  }

  /** Derives what follows from events that lay ahead and whose time has come. */
  public Applied deriveDue(DuckSession session, ApplyBatch.Due due, ApplyProgress progress)
      throws SQLException {
    GoalDerivation.Found found =
        goals.deriveDue(session, EventsAhead.takeOut(session, due), progress);
    FactTable.append(session, found.facts(), progress);
    return new Applied(found.facts(), found.goalEvents());
  }
}
