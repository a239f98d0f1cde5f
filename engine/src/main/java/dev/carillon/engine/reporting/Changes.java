package dev.carillon.engine.reporting;

import dev.carillon.engine.port.FactStore.Applied;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells those who watch a campaign that its numbers may have changed. Thread-safe. */
final class Changes {
  private final Map<Integer, List<Runnable>> watchers = new ConcurrentHashMap<>();

  /** Calls the listener, which must be quick, after each change until the answer is closed. */
  AutoCloseable watch(int campaign, Runnable listener) {
    watchers.computeIfAbsent(campaign, c -> new CopyOnWriteArrayList<>()).add(listener);
    return () ->
        watchers.computeIfPresent(
            campaign,
            (c, listeners) -> {
              listeners.remove(listener);
              return listeners.isEmpty() ? null : listeners;
            });
  }

  void applied(Applied applied) {
    if (watchers.isEmpty()) {
      return;
    }
    Set<Integer> campaigns = new TreeSet<>();
    applied.facts().forEach(fact -> campaigns.add(fact.campaign()));
    applied.goalEvents().forEach(event -> campaigns.add(event.campaign()));
    for (int campaign : campaigns) {
      watchers.getOrDefault(campaign, List.of()).forEach(Runnable::run);
    }
  }
}
