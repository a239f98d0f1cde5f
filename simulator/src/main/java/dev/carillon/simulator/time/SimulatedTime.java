package dev.carillon.simulator.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock of a simulation together with the timetable of everything that is to happen by it.
 *
 * <p>It either is stopped until {@link #advanceTo} winds it on and runs all that falls due on the
 * way, in order (tests; a past that is to be made quickly), or {@link #run runs} by itself at a
 * multiple of real time, or {@link #followWall follows} the wall clock. Changing from one to
 * another never turns time back.
 *
 * <p>Tasks run one at a time, ordered by due time, then by the order key they were given, then by
 * the order in which they were scheduled; so a run with the same keys has the same order whatever
 * threads scheduled it. Thread-safe.
 */
public final class SimulatedTime implements InstantSource, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SimulatedTime.class);
  private static final int FLUSH_ROUNDS = 12;

  private record Task(Instant due, long order, long number, Runnable action) {}

  private final ReentrantLock queueLock = new ReentrantLock();
  private final Condition changed = queueLock.newCondition();
  private final PriorityQueue<Task> queue =
      new PriorityQueue<>(
          Comparator.comparing(Task::due)
              .thenComparingLong(Task::order)
              .thenComparingLong(Task::number));
  private final ReentrantLock running = new ReentrantLock();
  private final List<Runnable> settlers = new CopyOnWriteArrayList<>();
  private long scheduled;
  private volatile Pace pace;
  private volatile boolean closed;
  private @Nullable Thread ticker;

  private SimulatedTime(Pace pace) {
    this.pace = pace;
  }

  /** A clock that stays at {@code start} until advanced or set running. */
  public static SimulatedTime stoppedAt(Instant start) {
    return new SimulatedTime(new Pace.Stopped(start));
  }

  /** A clock that follows the wall clock and runs tasks as they fall due. */
  public static SimulatedTime wall() {
    SimulatedTime time = stoppedAt(Instant.EPOCH);
    time.followWall();
    return time;
  }

  @Override
  public Instant instant() {
    return pace.instant();
  }

  /** Whether time is stopped until advanced. */
  public boolean isStopped() {
    return pace instanceof Pace.Stopped;
  }

  /**
   * Has {@code action} run once when {@code due} has come; at once, as far as tasks before it
   * allow, when it has come already.
   *
   * @param order decides between tasks that are due at the same instant
   */
  public void schedule(Instant due, long order, Runnable action) {
    queueLock.lock();
    try {
      queue.add(new Task(due, order, scheduled++, action));
      changed.signalAll();
    } finally {
      queueLock.unlock();
    }
  }

  /**
   * Adds work that must be finished before {@link #advanceTo} and {@link #runEverythingNow} return,
   * for tasks that hand work to other threads; {@code settler} blocks until it is finished.
   */
  public void onSettle(Runnable settler) {
    settlers.add(settler);
  }

  /**
   * Winds a stopped clock on to {@code target}, running all that is due up to and including it, in
   * order, on the calling thread. While a task runs, {@link #instant} is its due time.
   *
   * @throws IllegalStateException when the clock is running
   * @throws IllegalArgumentException when {@code target} is in the clock's past
   */
  public void advanceTo(Instant target) {
    running.lock();
    try {
      Instant now = stoppedInstant();
      if (target.isBefore(now)) {
        throw new IllegalArgumentException("cannot turn time back from " + now + " to " + target);
      }
      while (true) {
        Task task = pollDue(target);
        if (task != null) {
          if (task.due().isAfter(instant())) {
            pace = new Pace.Stopped(task.due());
          }
          perform(task);
        } else {
          settle();
          if (nextDue().filter(due -> !due.isAfter(target)).isEmpty()) {
            break;
          }
        }
      }
      pace = new Pace.Stopped(target);
    } finally {
      running.unlock();
    }
  }

  /** {@link #advanceTo Advances} by {@code step}. */
  public void advanceBy(Duration step) {
    advanceTo(stoppedInstant().plus(step));
  }

  /**
   * Runs everything that is planned, and what follows from it, without waiting for its time and
   * without moving the clock. Work that keeps planning more of itself is cut off after a dozen
   * rounds.
   */
  public void runEverythingNow() {
    running.lock();
    try {
      for (int round = 0; round < FLUSH_ROUNDS && pending() > 0; round++) {
        takeAll().forEach(this::perform);
        settle();
      }
    } finally {
      running.unlock();
    }
  }

  /** Lets time run by itself, {@code speed} (> 0) times as fast as the wall clock. */
  public void run(double speed) {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed must be above zero: " + speed);
    }
    change(new Pace.Running(instant(), System.nanoTime(), speed));
  }

  /**
   * Lets time follow the wall clock from now on. Where simulated time is behind it jumps forward;
   * where it is ahead it stops until the wall clock has caught up.
   */
  public void followWall() {
    change(new Pace.Wall(instant()));
  }

  /** Stops the clock where it is. */
  public void stop() {
    change(new Pace.Stopped(instant()));
  }

  /** How many tasks wait for their time. */
  public int pending() {
    queueLock.lock();
    try {
      return queue.size();
    } finally {
      queueLock.unlock();
    }
  }

  /** When the next task is due. */
  public Optional<Instant> nextDue() {
    queueLock.lock();
    try {
      return Optional.ofNullable(queue.peek()).map(Task::due);
    } finally {
      queueLock.unlock();
    }
  }

  /** Forgets all tasks. */
  public void clear() {
    takeAll();
  }

  @Override
  public void close() {
    closed = true;
    queueLock.lock();
    try {
      queue.clear();
      changed.signalAll();
    } finally {
      queueLock.unlock();
    }
  }

  private Instant stoppedInstant() {
    if (pace instanceof Pace.Stopped stopped) {
      return stopped.at();
    }
    throw new IllegalStateException("time runs by itself; stop it before advancing it");
  }

  private void change(Pace next) {
    queueLock.lock();
    try {
      pace = next;
      if (ticker == null && !(next instanceof Pace.Stopped)) {
        ticker = Thread.ofPlatform().daemon().name("simulated-time").start(this::tick);
      }
      changed.signalAll();
    } finally {
      queueLock.unlock();
    }
  }

  private void tick() {
    try {
      while (awaitDue()) {
        running.lock();
        try {
          Task task = isStopped() ? null : pollDue(instant());
          while (task != null) {
            perform(task);
            task = isStopped() ? null : pollDue(instant());
          }
        } finally {
          running.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until a running clock has something due; false when closed. */
  private boolean awaitDue() throws InterruptedException {
    queueLock.lock();
    try {
      while (!closed) {
        Task next = queue.peek();
        if (next == null || isStopped()) {
          changed.await();
        } else {
          long nanos = pace.nanosUntil(next.due());
          if (nanos <= 0) {
            return true;
          }
          changed.awaitNanos(Math.min(nanos, TimeUnit.SECONDS.toNanos(1)));
        }
      }
      return false;
    } finally {
      queueLock.unlock();
    }
  }

  private @Nullable Task pollDue(Instant latest) {
    queueLock.lock();
    try {
      Task next = queue.peek();
      return next == null || next.due().isAfter(latest) ? null : queue.poll();
    } finally {
      queueLock.unlock();
    }
  }

  private List<Task> takeAll() {
    queueLock.lock();
    try {
      List<Task> all = new ArrayList<>(queue.size());
      for (Task task = queue.poll(); task != null; task = queue.poll()) {
        all.add(task);
      }
      return all;
    } finally {
      queueLock.unlock();
    }
  }

  private void settle() {
    settlers.forEach(Runnable::run);
  }

  private void perform(Task task) {
    try {
      task.action().run();
    } catch (RuntimeException | Error e) {
      if (e instanceof OutOfMemoryError fatal) {
        throw fatal;
      }
      log.warn("a simulated event failed", e);
    }
  }
}
