package dev.carillon.storage.embedded.callbacks;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Staging;
import dev.carillon.storage.embedded.duckdb.TextHash;
import dev.carillon.storage.embedded.tables.ApplyBatch;
import dev.carillon.storage.embedded.tables.ApplyProgress;
import dev.carillon.storage.embedded.tables.FactTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Finds the messages of statuses that carry only the provider's message id: when they come, and
 * again when an id becomes known. For the applier's thread alone.
 */
public final class StatusMatching {
  private static final String MATCH =
      """
      SELECT u.pos, a.campaign, a.seq, u.kind, u.detail, u.event, u."at", u.received_at,
        u.text, u.inbox
      FROM unmatched u JOIN accepted a ON a.provider_key = u.provider_key
      WHERE u.campaign IS NULL AND\s""";

  private long waiting = -1;

  /** The facts of statuses that can be matched now. */
  public List<Fact> match(DuckSession session, ApplyBatch batch, ApplyProgress progress)
      throws SQLException {
    ArrayList<Fact> facts = new ArrayList<>();
    if (!batch.statuses.isEmpty()) {
      match(session, facts, "u.pos > " + progress.rowBefore());
      waiting = -1;
    } else if (ids(batch.facts) && waiting(session) > 0) {
      Staging.keys(session, providerKeys(batch.facts));
      match(session, facts, "u.provider_key IN (SELECT k FROM stage_key)");
    }
    if (!batch.statuses.isEmpty() && ids(batch.facts)) {
      Staging.keys(session, providerKeys(batch.facts));
      match(session, facts, "u.provider_key IN (SELECT k FROM stage_key)");
    }
    return facts;
  }

  public void forget() {
    waiting = -1;
  }

  public static boolean ids(List<Fact> facts) {
    return facts.stream().anyMatch(StatusMatching::bearsId);
  }

  public static List<Long> providerKeys(List<Fact> facts) {
    return facts.stream()
        .filter(StatusMatching::bearsId)
        .map(fact -> TextHash.of(Objects.requireNonNull(fact.event())))
        .toList();
  }

  private static boolean bearsId(Fact fact) {
    return fact.kind() == FactKind.ACCEPTED && fact.event() != null;
  }

  private void match(DuckSession session, List<Fact> facts, String which) throws SQLException {
    session.execute("CREATE OR REPLACE TEMP TABLE matched AS " + MATCH + which);
    int before = facts.size();
    facts.addAll(session.list("SELECT DISTINCT * FROM matched", FactTable::read));
    if (facts.size() == before) {
      return;
    }
    session.execute(
        """
        UPDATE unmatched SET campaign = m.campaign, seq = m.seq
        FROM (SELECT DISTINCT ON (pos) pos, campaign, seq FROM matched) m
        WHERE unmatched.pos = m.pos""");
    waiting = -1;
  }

  private long waiting(DuckSession session) throws SQLException {
    if (waiting < 0) {
      waiting = session.number("SELECT count(*) FROM unmatched WHERE campaign IS NULL");
    }
    return waiting;
  }
}
