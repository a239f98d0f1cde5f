package dev.carillon.storage.embedded.facts;

import dev.carillon.core.campaign.Draw;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.engine.port.AudienceStore.PlanOrder;
import dev.carillon.engine.port.StoreUnavailableException;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Plans runs, each in one transaction: messages, run and goal are there together or not at all. One
 * at a time.
 */
final class RunPlanner {
  private final DuckDatabase database;
  private final Runnable planned;

  /**
   * @param planned is told of each commit, before anybody learns of the run
   */
  RunPlanner(DuckDatabase database, Runnable planned) {
    this.database = database;
    this.planned = planned;
  }

  synchronized PlannedRun plan(PlanOrder order) {
    try (DuckSession session = database.session()) {
      session.execute("BEGIN TRANSACTION");
      Optional<PlannedRun> before = run(session, order);
      if (before.isPresent()) {
        session.execute("COMMIT");
        return before.get();
      }
      int firstSeq =
          (int)
              session.number(
                  "SELECT COALESCE(max(first_seq + count), 0) FROM run WHERE campaign = ?",
                  order.campaign());
      int count = select(session, order, firstSeq);
      session.update(
          "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?)",
          order.campaign(),
          order.run(),
          order.channel().key(),
          order.evaluation().at(),
          firstSeq,
          count);
      Goal goal = order.goal();
      if (goal != null) {
        keepGoal(session, order.campaign(), goal);
      }
      PlannedRun run = run(session, order).orElseThrow();
      session.execute("COMMIT");
      planned.run();
      return run;
    } catch (SQLException failed) {
      throw new StoreUnavailableException("the run could not be planned", failed);
    }
  }

  private static Optional<PlannedRun> run(DuckSession session, PlanOrder order)
      throws SQLException {
    return PlannedRuns.of(session, order.campaign(), 0).stream()
        .filter(run -> run.run() == order.run())
        .findFirst();
  }

  private static int select(DuckSession session, PlanOrder order, int firstSeq)
      throws SQLException {
    Draw draw = Draw.of(order.campaign(), Draw.Purpose.CONTROL_GROUP);
    return (int)
        session.update(
            """
            INSERT INTO message
            SELECT ?, ?, (? + row_number() OVER (ORDER BY p.user_key) - 1)::INTEGER, p.user_key,
              p.phone,
              ((?::HUGEINT * p.user_key % ? + ?) % ? % 10000) < ?,
              0,
              CASE WHEN p.phone_state = 0 THEN 'noAddress'
                WHEN p.phone_state = 2 THEN 'invalidAddress'
                WHEN NOT p.subscribed_whatsapp THEN 'unsubscribed' END,
              ?
            FROM profile p""",
            order.campaign(),
            order.run(),
            firstSeq,
            draw.multiplier(),
            Draw.PRIME,
            draw.addend(),
            Draw.PRIME,
            order.controlPercent() * 100,
            order.evaluation().at());
  }

  private static void keepGoal(DuckSession session, int campaign, Goal goal) throws SQLException {
    if (session.number("SELECT count(*) FROM goal WHERE campaign = ?", campaign) == 0) {
      session.update(
          "INSERT INTO goal VALUES (?, ?, ?, ?, ?)",
          campaign,
          goal.event(),
          "[]",
          ChronoUnit.MICROS.between(
              java.time.Instant.EPOCH, java.time.Instant.EPOCH.plus(goal.within())),
          goal.revenueProperty());
    }
  }
}
