package dev.carillon.storage.embedded.planning;

import dev.carillon.core.campaign.Goal;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.RunPlan;
import dev.carillon.engine.port.campaign.TooManyQualifyException;
import dev.carillon.storage.embedded.apply.BatchWriter;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.tables.ApplyLock;
import dev.carillon.storage.embedded.tables.GoalConditions;
import dev.carillon.storage.embedded.tables.PlanningState;
import dev.carillon.storage.embedded.tables.StaleRuns;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Plans runs, each in one transaction beside the applier's: messages, run and goal are there
 * together or not at all. Where users were joined or deleted meanwhile, the messages are theirs as
 * they are now before the run is returned. One at a time.
 */
public final class RunPlanner {
  private final DuckDatabase database;
  private final PlanningState planning;
  private final ApplyLock applyLock;
  private final BatchWriter writer;

  public RunPlanner(
      DuckDatabase database, PlanningState planning, ApplyLock applyLock, BatchWriter writer) {
    this.database = database;
    this.planning = planning;
    this.applyLock = applyLock;
    this.writer = writer;
  }

  public synchronized RunPlan plan(PlanOrder order) {
    try {
      RunPlan run = committed(order);
      try (ApplyLock.Hold hold = applyLock.hold()) {
        writer.catchUp();
        hold.end();
      }
      return run;
    } catch (SQLException failed) {
      throw new StoreUnavailableException("the run could not be planned", failed);
    }
  }

  private RunPlan committed(PlanOrder order) throws SQLException {
    try (DuckSession session = database.session()) {
      long changes = planning.changes();
      session.execute("BEGIN TRANSACTION");
      Optional<RunPlan> before = find(session, order);
      if (before.isPresent()) {
        session.execute("COMMIT");
        return before.get();
      }
      int firstSeq = PlannedRuns.messages(session, order.campaign());
      int count = Math.toIntExact(MessageWriter.write(session.connection(), order, firstSeq));
      Math.addExact(firstSeq, count);
      Integer safety = order.limits().safety();
      if (safety != null && count > safety) {
        session.execute("ROLLBACK");
        throw new TooManyQualifyException(count);
      }
      TargetCap.apply(session, order);
      session.update(
          "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?)",
          order.campaign(),
          order.run(),
          order.audience().channel().key(),
          order.at(),
          firstSeq,
          count);
      Goal goal = order.goal();
      if (goal != null) {
        keepGoal(session, order, goal);
      }
      RunPlan run = find(session, order).orElseThrow();
      commit(session, order, changes);
      return run;
    }
  }

  /** Nothing is applied while it is found out what was applied meanwhile. */
  private void commit(DuckSession session, PlanOrder order, long changesBefore)
      throws SQLException {
    try (ApplyLock.Hold hold = applyLock.hold()) {
      boolean overtaken = planning.changes() != changesBefore;
      if (overtaken) {
        StaleRuns.add(session, order.campaign(), order.run());
      }
      session.execute("COMMIT");
      planning.planned();
      if (overtaken) {
        planning.setOvertaken(true);
      }
      hold.end();
    }
  }

  private static Optional<RunPlan> find(DuckSession session, PlanOrder order) throws SQLException {
    Optional<PlannedRun> run = PlannedRuns.find(session, order.campaign(), order.run());
    if (run.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        order.routes().size() == 1
            ? RunPlan.through(order.routes().getFirst().connection(), run.get())
            : new RunPlan(run.get(), RouteSql.sections(session, order)));
  }

  private static void keepGoal(DuckSession session, PlanOrder order, Goal goal)
      throws SQLException {
    if (session.number("SELECT count(*) FROM goal WHERE campaign = ?", order.campaign()) == 0) {
      session.update(
          "INSERT INTO goal VALUES (?, ?, ?, ?, ?, ?, ?)",
          order.campaign(),
          goal.event(),
          GoalConditions.write(goal),
          order.zone().getId(),
          Micros.of(Instant.EPOCH.plus(goal.within())),
          goal.revenueProperty(),
          goal.trust() == Goal.Trust.TRUSTED);
    }
  }
}
