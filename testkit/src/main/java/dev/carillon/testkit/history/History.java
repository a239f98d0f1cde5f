package dev.carillon.testkit.history;

import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Everything that happened in a campaign, in some order.
 *
 * @param campaign the campaign's id
 * @param zone the account's zone
 */
public record History(
    int campaign,
    ZoneId zone,
    List<PlannedRun> runs,
    List<Fact> facts,
    List<GoalEvent> goalEvents) {
  public History {
    runs = List.copyOf(runs);
    facts = List.copyOf(facts);
    goalEvents = List.copyOf(goalEvents);
  }

  /** Records what a generator produces. */
  public static History of(int campaign, ZoneId zone, Consumer<HistoryListener> story) {
    List<PlannedRun> runs = new ArrayList<>();
    List<Fact> facts = new ArrayList<>();
    List<GoalEvent> goalEvents = new ArrayList<>();
    story.accept(
        new HistoryListener() {
          @Override
          public void run(PlannedRun run) {
            runs.add(run);
          }

          @Override
          public void fact(Fact fact) {
            facts.add(fact);
          }

          @Override
          public void goalEvent(GoalEvent event) {
            goalEvents.add(event);
          }
        });
    return new History(campaign, zone, runs, facts, goalEvents);
  }

  /** A ledger with all of it, added in this order. */
  public Ledger ledger() {
    Ledger ledger = new Ledger(campaign, zone);
    HistoryListener listener = HistoryListener.to(ledger);
    steps().forEach(step -> step.accept(listener));
    return ledger;
  }

  /** Each thing that happened. */
  public List<Consumer<HistoryListener>> steps() {
    List<Consumer<HistoryListener>> steps = new ArrayList<>();
    runs.forEach(run -> steps.add(listener -> listener.run(run)));
    facts.forEach(fact -> steps.add(listener -> listener.fact(fact)));
    goalEvents.forEach(event -> steps.add(listener -> listener.goalEvent(event)));
    return steps;
  }

  /** The same things in any order, about a third of them twice. */
  public List<Consumer<HistoryListener>> scrambled(RandomGenerator random) {
    List<Consumer<HistoryListener>> steps = steps();
    int once = steps.size();
    for (int i = 0; i < once; i++) {
      if (random.nextInt(3) == 0) {
        steps.add(steps.get(i));
      }
    }
    Collections.shuffle(steps, new java.util.Random(random.nextLong()));
    return steps;
  }
}
