package dev.carillon.testkit.history;

import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;

/** Receives what happened, one thing after the other. */
public interface HistoryListener {
  void run(PlannedRun run);

  void fact(Fact fact);

  void goalEvent(GoalEvent event);

  /** Adds to a ledger. */
  static HistoryListener to(Ledger ledger) {
    return new HistoryListener() {
      @Override
      public void run(PlannedRun run) {
        ledger.add(run);
      }

      @Override
      public void fact(Fact fact) {
        ledger.add(fact);
      }

      @Override
      public void goalEvent(GoalEvent event) {
        ledger.add(event);
      }
    };
  }
}
