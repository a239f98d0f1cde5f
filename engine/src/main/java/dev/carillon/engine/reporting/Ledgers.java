package dev.carillon.engine.reporting;

import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.engine.port.FactStore;
import dev.carillon.engine.port.FactStore.Applied;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ledgers in memory, kept up to date with the store; the least recently used one goes when
 * there are too many. Because adding to a ledger is set union, a fact that was loaded and is told
 * of too does no harm. Thread-safe.
 */
final class Ledgers {
  private final FactStore facts;
  private final ZoneId zone;
  private final int capacity;

  /** By campaign, in order of use. Guarded by itself. */
  private final Map<Integer, Held> held = new LinkedHashMap<>(16, 0.75f, true);

  Ledgers(FactStore facts, ZoneId zone, int capacity) {
    this.facts = facts;
    this.zone = zone;
    this.capacity = capacity;
  }

  /**
   * Reads a campaign's ledger; nobody writes to it meanwhile.
   *
   * @param planned how many messages the campaign has; a ledger that knows of fewer is loaded again
   */
  <T> T read(int campaign, int planned, Function<Ledger, T> reader) {
    Held one = hold(campaign);
    one.lock.lock();
    try {
      Ledger ledger = one.ledger;
      if (ledger == null || ledger.planned() < planned) {
        ledger = load(one, campaign);
      }
      return reader.apply(ledger);
    } finally {
      one.lock.unlock();
    }
  }

  private Held hold(int campaign) {
    synchronized (held) {
      Held one = held.computeIfAbsent(campaign, unknown -> new Held());
      if (held.size() > capacity) {
        held.remove(held.keySet().iterator().next());
      }
      return one;
    }
  }

  /** Loads a ledger; what is applied meanwhile is kept aside and added after. */
  private Ledger load(Held one, int campaign) {
    synchronized (one.aside) {
      one.loading = true;
      one.aside.clear();
    }
    Ledger ledger = facts.loadLedger(campaign, zone);
    synchronized (one.aside) {
      one.aside.forEach(applied -> add(ledger, campaign, applied));
      one.aside.clear();
      one.loading = false;
      one.ledger = ledger;
    }
    return ledger;
  }

  /** Adds what became readable to the ledgers that are in memory. */
  void applied(Applied applied) {
    Map<Integer, Applied> byCampaign = byCampaign(applied);
    byCampaign.forEach(
        (campaign, part) -> {
          Held one;
          synchronized (held) {
            one = held.get(campaign);
          }
          if (one != null) {
            one.add(campaign, part);
          }
        });
  }

  private static Map<Integer, Applied> byCampaign(Applied applied) {
    Map<Integer, List<Fact>> facts = new LinkedHashMap<>();
    applied
        .facts()
        .forEach(f -> facts.computeIfAbsent(f.campaign(), c -> new ArrayList<>()).add(f));
    Map<Integer, List<GoalEvent>> events = new LinkedHashMap<>();
    applied
        .goalEvents()
        .forEach(e -> events.computeIfAbsent(e.campaign(), c -> new ArrayList<>()).add(e));
    Map<Integer, Applied> parts = new LinkedHashMap<>();
    facts.forEach((c, list) -> parts.put(c, new Applied(list, events.getOrDefault(c, List.of()))));
    events.forEach((c, list) -> parts.putIfAbsent(c, new Applied(List.of(), list)));
    return parts;
  }

  private static void add(Ledger ledger, int campaign, Applied applied) {
    applied.facts().stream().filter(f -> f.campaign() == campaign).forEach(ledger::add);
    applied.goalEvents().stream().filter(e -> e.campaign() == campaign).forEach(ledger::add);
  }

  /** A ledger in memory, or on its way there. */
  private static final class Held {
    private final ReentrantLock lock = new ReentrantLock();

    /** What was applied while the ledger was being loaded; guards the members below too. */
    private final List<Applied> aside = new ArrayList<>();

    private boolean loading;
    private @Nullable Ledger ledger;

    void add(int campaign, Applied applied) {
      synchronized (aside) {
        if (loading) {
          aside.add(applied);
          return;
        }
      }
      lock.lock();
      try {
        if (ledger != null) {
          Ledgers.add(ledger, campaign, applied);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
