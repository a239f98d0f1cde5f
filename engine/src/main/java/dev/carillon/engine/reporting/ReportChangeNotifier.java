package dev.carillon.engine.reporting;

import dev.carillon.engine.health.BackgroundLoop;
import dev.carillon.engine.health.FatalErrors;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who watch a campaign that its numbers may have changed: at once when it was quiet,
 * and twice a second at most when much happens. Thread-safe.
 */
final class ReportChangeNotifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReportChangeNotifier.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final WaitingClock clock;
  private final ProcessHealth health;
  private final Map<Integer, List<Runnable>> watchers = new ConcurrentHashMap<>();

  /** Campaigns with news for their watchers. Guarded by itself. */
  private final Set<Integer> changed = new TreeSet<>();

  private @Nullable BackgroundLoop loop;

  ReportChangeNotifier(WaitingClock clock, ProcessHealth health) {
    this.clock = clock;
    this.health = health;
  }

  /** Calls the listener, which must be quick, after changes until the answer is closed. */
  Reports.Watch watch(int campaign, Runnable listener) {
    watchers.compute(
        campaign,
        (id, listeners) -> {
          List<Runnable> more = listeners == null ? new CopyOnWriteArrayList<>() : listeners;
          more.add(listener);
          return more;
        });
    start();
    return () ->
        watchers.computeIfPresent(
            campaign,
            (id, listeners) -> {
              listeners.remove(listener);
              return listeners.isEmpty() ? null : listeners;
            });
  }

  private synchronized void start() {
    if (loop == null) {
      loop = BackgroundLoop.start("report-changes", health, clock, PAUSE, this::tellOnce);
    }
  }

  void applied(Applied applied) {
    if (watchers.isEmpty()) {
      return;
    }
    synchronized (changed) {
      applied.facts().forEach(fact -> changed(fact.campaign()));
      applied.goalEvents().forEach(event -> changed(event.campaign()));
    }
  }

  private void changed(int campaign) {
    if (watchers.containsKey(campaign) && changed.add(campaign)) {
      changed.notifyAll();
    }
  }

  private void tellOnce() throws InterruptedException {
    for (int campaign : awaitChanges()) {
      watchers.getOrDefault(campaign, List.of()).forEach(ReportChangeNotifier::call);
    }
    clock.sleep(PAUSE);
  }

  private List<Integer> awaitChanges() throws InterruptedException {
    synchronized (changed) {
      while (changed.isEmpty()) {
        changed.wait();
      }
      List<Integer> campaigns = List.copyOf(changed);
      changed.clear();
      return campaigns;
    }
  }

  private static void call(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | Error failed) {
      FatalErrors.rethrow(failed);
      LOG.warn("A watcher of a report failed", failed);
    }
  }

  @Override
  public synchronized void close() {
    if (loop != null) {
      loop.close();
    }
  }
}
