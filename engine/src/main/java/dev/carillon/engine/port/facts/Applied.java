package dev.carillon.engine.port.facts;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import java.util.List;

/** Facts that became readable together. */
public record Applied(List<Fact> facts, List<GoalEvent> goalEvents) {
  public Applied {
    facts = List.copyOf(facts);
    goalEvents = List.copyOf(goalEvents);
  }
}
